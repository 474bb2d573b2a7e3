"""Names that are recognised without anybody having told them: given names and companies, and words that are none.

The lists are short on purpose: what they miss is stated in the documentation, and members' own names come on top.
"""

from __future__ import annotations

from bot.coach.words import words

GIVEN_NAMES = words(
    """
    Aaron Abdul Abdullah Abigail Adam Aditi Aditya Adrian Agnes Ahmed Aiko Aisha Akira Alan Alberto Alejandro
    Alessandro Alex Alexander Alexandra Alexey Alice Alicia Alina Alison Amanda Amara Amelia Amina Amir Amit Amy Ana
    Anders Andre Andrea Andreas Andrew Angela Anil Anita Anjali Ann Anna Anne Annika Anton Antonio Anya Arjun Arnold
    Arthur Asha Ashley Astrid Audrey Ayesha Barbara Bart Beatrice Ben Benjamin Bernard Bernd Beth Betty Bianca Bob
    Boris Brandon Brian Bruno Camille Carl Carla Carlos Carmen Caroline Catherine Cecilia Charles Charlotte Chen
    Chiara Chris Christian Christina Christine Christopher Claire Clara Claudia Cleo Colin Connor Craig Cynthia Daniel
    Daniela David Deborah Deepak Denise Dennis Derek Diana Diego Dieter Dmitri Dmitry Dominic Donald Donna Doris
    Dorothy Edward Eleanor Elena Eli Elias Elif Elizabeth Ella Ellen Emil Emily Emma Enrique Eric Erik Erika Ernst
    Esther Ethan Eva Evelyn Fabian Farah Fatima Felix Fernando Filip Fiona Florian Francesca Francesco Francis Franz
    Fred Frederic Frida Gabriel Gabriela Gary George Georg Gerald Giovanni Giulia Gloria Gordon Greg Gregory Greta
    Gustavo Hannah Hans Harald Haruto Hassan Heather Heidi Heinrich Helen Helena Helga Henrik Henry Hiroshi Hugo Ian
    Ibrahim Igor Ilse Ines Ingrid Irene Iris Isaac Isabel Isabella Ivan Jakob Jamal James Jan Jane Janet Jason Javier
    Jean Jeff Jeffrey Jennifer Jeremy Jerry Jesse Jessica Jin Joan Joanna Joel Johan Johanna John Jonas Jonathan
    Jordan Jorge Jose Josef Joseph Joshua Joyce Juan Judith Jules Julia Julian Julie Julien Jun Jurgen Justin Kai
    Karen Karim Karin Karl Katarina Kate Katherine Kathleen Kavya Kayla Keith Kelly Ken Kenji Kenneth Kevin Khalid Kim
    Kiran Klaus Kumar Kurt Kyle Lakshmi Lars Laura Lauren Lea Leah Leila Lena Leon Leonardo Liam Lily Linda Linus Lisa
    Liu Lorenzo Louis Louise Luca Lucas Lucia Lucy Luis Luisa Lukas Luke Lydia Madison Magnus Maja Malik Manfred
    Manuel Marc Marcel Marco Marcus Margaret Maria Marie Marina Mario Marion Markus Marta Martin Martina Mary Mateo
    Mathias Matt Matteo Matthew Matthias Maya Megan Mehmet Mei Melanie Melissa Mia Michael Michele Michelle Miguel
    Mika Mikhail Mila Min Miriam Mohammed Mohamed Mohan Monica Monika Muhammad Nadia Nadine Nancy Naomi Natalia
    Natalie Natasha Nathan Neha Nicholas Nick Nicolas Nicole Nikhil Nikita Nikolai Nils Nina Noah Noor Nora Olaf Oleg
    Olga Oliver Olivia Omar Oscar Otto Pablo Pamela Paolo Patricia Patrick Paul Paula Paulo Pavel Pedro Peggy Pete
    Peter Petra Philip Philipp Pierre Pieter Piotr Polina Pooja Prakash Priya Rachel Rafael Rahul Raj Rajesh Ralf
    Ralph Ramon Ravi Rebecca Renata Ricardo Richard Riya Robert Roberto Robin Roger Rohan Roland Roman Ronald Rosa
    Roxana Ruben Rudolf Ruth Ryan Sabine Sam Samantha Samir Samuel Sandra Sanjay Sara Sarah Sasha Satoshi Scott Sean
    Sebastian Selma Serena Sergei Sergio Shanti Sharon Shirley Shreya Simon Simone Sofia Sonia Sophia Sophie Stefan
    Stefanie Stella Stephanie Stephen Steve Steven Sunil Suresh Susan Susanne Suzanne Sven Svetlana Sylvia Takashi
    Tamara Tanya Tara Tatiana Thomas Tiffany Tim Timothy Tina Tobias Tom Tomas Tony Tracy Ulrich Ulrike Ursula
    Valentina Valerie Vanessa Vera Veronica Victor Victoria Vijay Vikram Vincent Viola Vladimir Walter Wanda Wei Wendy
    Werner William Wolfgang Xavier Xin Yan Yasmin Yuki Yuri Yusuf Yvonne Zara Zhang Zoe
    """
)

ALSO_WORDS = words(
    """
    Will Mark May Grace Rose Hope Art Bill Jack Pat Rob Drew Chase Grant Frank Faith Joy Dawn Summer April June August
    Ray Max Miles Rich Penny Ruby Violet Ivy Holly Jade Amber Crystal Dean Duke Earl Guy Skip Sunny Sky Victor Dale
    Glen Jay Ash Brook Cliff Heath Lane Reed Wade Christian Iris Norm Page Dot Lance Nick Jan Sue Tab Van Min Tim Sam
    Ken Jordan
    """
)
"""Given names that are words too: they count where they stand capitalised inside a sentence, never in lower case."""

COMPANIES = words(
    """
    Google Alphabet Amazon Microsoft Apple Netflix Facebook Meta Uber Lyft Airbnb Stripe Spotify Salesforce Oracle SAP
    IBM Intel Nvidia AMD Samsung Sony Siemens Bosch Volkswagen Toyota Tesla SpaceX Twitter LinkedIn Snapchat TikTok
    ByteDance Tencent Alibaba Baidu Huawei Xiaomi Coupang Naver Kakao Rakuten Zalando Booking Expedia Tripadvisor eBay
    PayPal Klarna Revolut Wise N26 Adyen Shopify Etsy Walmart Target Costco IKEA Lidl Aldi Tesco Accenture Deloitte
    KPMG McKinsey Capgemini Infosys Wipro Cognizant Atlassian Dropbox Zoom Palantir Databricks Snowflake Datadog
    Cloudflare Twilio Okta Workday ServiceNow Adobe Autodesk Cisco Dell HP Lenovo Ericsson Nokia Qualcomm Broadcom
    Vodafone Verizon Comcast Disney Pinterest Reddit Quora Yelp DoorDash Instacart Grubhub Delivery Hero HelloFresh
    Robinhood Coinbase Binance Visa Mastercard Amex Citigroup Barclays HSBC UBS Allianz Unilever Nestle Pfizer Bayer
    Novartis Roche Boeing Airbus Lufthansa Ryanair Goldman JPMorgan OpenAI Anthropic GitHub GitLab
    """
)

NO_COMPANY = words(
    """
    Target Zoom Visa Wise Delivery Hero Booking Apple Meta Goldman Oracle
    """
)
"""Of the companies, those that are words or products too: they count after "at", "joined" and the like only."""

NO_NAME = words(
    """
    I A An The This That These Those He She They We You It My Our His Her Their Your Its And But Or So Then When While
    After Before Since Because If In On At To For From With Without Within During As By Of Not No Yes What Who Which
    Where Why How All Both Each Every Everybody Everyone Somebody Someone Anybody Anyone Nobody None Many Most Some
    Few Several One Two Three Four Five Six Seven Eight Nine Ten Once First Second Third Last Next Later Finally
    Instead However Also Still Even Just Only Now Today Yesterday Tomorrow Here There Management Support Finance Legal
    Customers Customer Users User Product Marketing Sales Engineering Engineers Security Operations Ops Team Teams
    Data Design Platform Backend Frontend Infrastructure Leadership Developers Stakeholders Clients Partners Research
    People Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Christmas Easter Black English German French Spanish Korean Japanese Chinese
    Europe Germany France Spain Italy India Japan Korea China America Berlin London Paris Slack Discord Jira
    Kubernetes Docker Linux Python Java Postgres PostgreSQL MySQL Redis Kafka Terraform React Angular Django Rails
    Spark Airflow Jenkins Grafana Prometheus Excel Perl Ruby Rust Kotlin Swift Scala Elixir Haskell Delphi Cobol
    Fortran Bash Windows Android Ubuntu Debian Chrome Firefox Safari Elasticsearch Cassandra Mongo Hadoop Hive Looker
    Tableau Ansible Puppet Chef Vault Consul Nginx Apache Tomcat Flask Laravel Node Vue Svelte Gradle Maven Git
    Subversion Selenium Cypress Agile Scrum Kanban Lean Sprint Dockerfile Internet Web Lambda Norwegian Polish
    Romanian Vietnamese Portuguese Italian Dutch Swedish Russian Turkish Arabic Hindi American British European Asian
    African Fridays Mondays Sundays Word Outlook Notion Confluence Trello Asana Figma Zendesk Hubspot God Congrats
    Herr Frau Oct Nov Dec Jan Feb Mar Apr Jun Jul Aug Sep Sept Eisenhower Pareto Situation Task Action Result Learning
    Results Actions Context Background Lesson
    """
)
"""Capitalised words after which or before which a name is looked for, and which are none."""

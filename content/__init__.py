"""The questions, rules and explanations Starling teaches from: YAML beside the models that check it."""

"""Everyone's data: taken out whole, erased with a receipt, kept no longer than it is needed."""

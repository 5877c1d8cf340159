import setup

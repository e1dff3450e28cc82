"""The API: a module for each group of routes, with the records that they read and write."""

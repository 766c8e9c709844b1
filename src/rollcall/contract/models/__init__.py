"""The JSON objects of the API, under the names the generated clients give them, one module per noun."""

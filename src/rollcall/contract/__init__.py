"""The contract: what stands on the wire, written once. Server, clients and documents derive from it."""

"""The mail floor: takes letters from the outbox and delivers them."""

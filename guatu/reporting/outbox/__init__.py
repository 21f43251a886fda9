"""The phone's outbox: what was written without a network arrives here, once each, and is answered with a receipt."""

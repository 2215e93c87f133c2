//! Every refusal seen, and whether what it refused may have happened.

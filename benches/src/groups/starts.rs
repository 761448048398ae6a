//! Start and close of a runtime, with one task in between.

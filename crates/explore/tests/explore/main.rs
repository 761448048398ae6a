//! Explorations: of programs with bugs, of those of the course, and of programs that are drawn at random.

mod counts;
mod pruning;
mod shipped;

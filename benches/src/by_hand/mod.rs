//! The same jobs in the code that each runtime's users write, with none of our crates between. They differ from the
//! form through the trait by what the trait costs, and by nothing else: the order of spawns and joins, the promises and
//! the clock are the same.

pub mod async_std;
pub mod generator;
pub mod smol;
pub mod tokio;

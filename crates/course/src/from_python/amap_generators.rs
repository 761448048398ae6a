//! `docs/python/amap_generators.py` in Rust: two mappings that take turns, as generators written by hand.

use paintdry_generator::{Error, EventLoop, amap};

fn double(item: u32) -> u32 {
    println!("double {item}");
    2 * item
}

fn main() -> Result<(), Error> {
    let event_loop = EventLoop::new();
    let (promise_a, a) = event_loop.create_future();
    let (promise_b, b) = event_loop.create_future();
    let first = amap(promise_a, double, 0..3);
    let second = amap(promise_b, double, 10..13);
    let both = event_loop.gather([first, second])?;
    event_loop.run_until_complete(both)?;
    println!("{:?} {:?}", a.result()?, b.result()?);
    event_loop.close()
}

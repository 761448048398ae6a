//! `docs/python/amap_asyncio.py` in Rust: the same two mappings, as async functions.

use paintdry_generator::{Error, EventLoop, Promise, yield_now};
use std::ops::Range;

async fn amap(promise: Promise<Vec<u32>>, function: fn(u32) -> u32, sequence: Range<u32>) {
    let mut results = Vec::new();
    for item in sequence {
        results.push(function(item));
        yield_now().await;
    }
    promise.set_result(results).expect("it is set once");
}

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

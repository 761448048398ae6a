//! A program with the one line that records it, as docs/your-own-program.md quotes it.

use tokio::task::yield_now;

#[tokio::main]
async fn main() {
    let _recorder = paintdry_layer::record("run.json");
    tokio::join!(yield_now(), yield_now()); // your program, as it is
}

//! Prints where an address leads after its value has moved: `cargo run -p paintdry-course --example moves`.

use paintdry_course::chapters::pinning::moves::told;

fn main() {
    print!("{}", told());
}

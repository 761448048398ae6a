//! Fills the tables of `docs/compare.md` with the figures that are saved in `docs/compare`.
//!
//! ```console
//! $ cargo run -p paintdry-benches --example page
//! ```

use paintdry_benches::files;
use paintdry_benches::page::rewritten;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let page = files::docs().join("compare.md");
    let text = std::fs::read_to_string(&page)?;
    files::write_file(&page, &rewritten(&text, &files::saved()?)?)?;
    Ok(())
}

//! Fills the tables of `docs/compare.md` with the figures that are saved in `docs/compare`, and draws their charts.
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
    let data = files::saved()?;
    files::write_file(&page, &rewritten(&text, &data)?)?;
    files::write_charts(&files::docs().join("compare"), &data.report)?;
    Ok(())
}

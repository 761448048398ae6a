//! Fills `docs/compare.md` and `docs/which-runtime.md` with the figures that are saved in `docs/compare`, lists all rows in
//! `docs/compare/compare.md`, and draws the charts. With a report of another run it first notes what that run says of the findings.
//!
//! ```console
//! $ cargo run -p paintdry-benches --example page
//! $ cargo run -p paintdry-benches --example page -- target/paintdry/compare.json --quick
//! ```

use paintdry_benches::files;
use paintdry_benches::markdown::summary;
use paintdry_benches::page::{Rerun, rewritten};
use paintdry_benches::report::Report;
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = files::docs().join("compare");
    let mut data = files::saved()?;
    let mut words = std::env::args().skip(1);
    if let Some(rerun) = words.next() {
        let report: Report = serde_json::from_str(&fs::read_to_string(rerun)?)?;
        data.reruns.push(Rerun::of(&report, &words.collect::<Vec<_>>().join(" ")));
        files::write_file(&folder.join("reruns.json"), &(serde_json::to_string_pretty(&data.reruns)? + "\n"))?;
    }
    for page in ["compare.md", "which-runtime.md"] {
        let path = files::docs().join(page);
        let text = rewritten(&fs::read_to_string(&path)?, &data).map_err(|error| format!("{page}: {error}"))?;
        files::write_file(&path, &text)?;
    }
    files::write_file(&folder.join("compare.md"), &summary(&data.report, true))?;
    files::write_charts(&folder, &data.report)?;
    Ok(())
}

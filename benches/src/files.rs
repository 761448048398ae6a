//! Writes the summary: each file as a whole or not at all.

use crate::page::Data;
use crate::report::Report;
use crate::{chart, html, markdown};
use paintdry_terminal::output::{ColorChoice, Output};
use serde::de::DeserializeOwned;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder `paintdry` in the target folder, where this program was built; in the working directory if it was moved.
pub(crate) fn folder() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    // target/release/deps/compare-0123456789abcdef
    let target = program.ancestors().nth(3).filter(|_| program.parent().is_some_and(|parent| parent.ends_with("deps")));
    target.unwrap_or(Path::new("target")).join("paintdry")
}

/// Writes `compare.html`, `compare.md`, `compare.json` and a chart for each group into `folder`, which is made if it is not
/// there.
pub(crate) fn write(folder: &Path, report: &Report) -> io::Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| io::Error::other(format!("cannot make {}: {error}", folder.display())))?;
    write_charts(folder, report)?;
    let json = serde_json::to_string_pretty(report).map_err(io::Error::other)?;
    write_file(&folder.join("compare.json"), &(json + "\n"))?;
    write_file(&folder.join("compare.html"), &html::page(report, saved().ok().map(|data| data.report).as_ref()))?;
    write_file(&folder.join("compare.md"), &markdown::summary(report, true))
}

/// Writes a chart for each group into `folder`.
///
/// # Errors
/// If one cannot be written; it is named.
pub fn write_charts(folder: &Path, report: &Report) -> io::Result<()> {
    let mut groups = report.groups.iter();
    groups.try_for_each(|group| write_file(&folder.join(format!("{}.svg", group.id)), &chart::svg(group)))
}

/// How many seconds the group `id` took where the saved figures come from.
pub(crate) fn seconds(id: &str) -> Option<f64> {
    Some(saved().ok()?.report.group(id)?.seconds)
}

/// The folder of the documentation, in the repository from which this was built.
#[must_use]
pub fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// What is saved in the folder `compare` of the documentation.
///
/// # Errors
/// If a file is not there, or is not what it should be; it is named.
pub fn saved() -> io::Result<Data> {
    fn read<T: DeserializeOwned>(file: &str) -> io::Result<T> {
        let path = docs().join("compare").join(file);
        let named = |error: &dyn std::error::Error| io::Error::other(format!("{}: {error}", path.display()));
        let text = fs::read_to_string(&path).map_err(|error| named(&error))?;
        serde_json::from_str(&text).map_err(|error| named(&error))
    }
    let footprint = footprint(&docs().join("which-runtime.md"))?;
    Ok(Data { report: read("compare.json")?, scale: read("scale.json")?, reruns: read("reruns.json")?, footprint })
}

/// The cells of the table of footprints, which `benches/footprint` prints and a page keeps.
fn footprint(page: &Path) -> io::Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(page).map_err(|error| io::Error::other(format!("{}: {error}", page.display())))?;
    let table =
        text.lines().skip_while(|line| !line.starts_with("| | crates |")).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    Ok(table.map(cells).collect())
}

/// Writes a file as a whole or not at all.
///
/// # Errors
/// If it cannot be written; it is named.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let output = Output::open(Some(path)).map_err(io::Error::other)?;
    output.write(text, ColorChoice::Never).map_err(io::Error::other)
}

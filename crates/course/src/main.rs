//! Writes the replay pages of the book and its lab into `docs/replays`: `cargo run -p paintdry-course`, before
//! `mdbook build docs`.

use paintdry_course::replays;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/replays");
    fs::create_dir_all(&folder)?;
    for replay in replays::all() {
        fs::write(folder.join(format!("{}.html", replay.name)), replay.page()?)?;
        println!("docs/replays/{}.html", replay.name);
    }
    fs::write(folder.join("lab.html"), paintdry_replay::lab())?;
    println!("docs/replays/lab.html");
    Ok(())
}

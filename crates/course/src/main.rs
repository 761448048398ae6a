//! Writes the pictures of the book into `docs/images`, and its replay pages and lab into `docs/replays`:
//! `cargo run -p paintdry-course`, before `mdbook build docs`.

use paintdry_course::{pictures, replays};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    for picture in pictures::all() {
        fs::write(docs.join(format!("images/{}.svg", picture.name)), (picture.draw)())?;
        println!("docs/images/{}.svg", picture.name);
    }
    let folder = docs.join("replays");
    fs::create_dir_all(&folder)?;
    for replay in replays::all() {
        fs::write(folder.join(format!("{}.html", replay.name)), replay.page()?)?;
        println!("docs/replays/{}.html", replay.name);
    }
    fs::write(folder.join("lab.html"), paintdry_replay::lab())?;
    println!("docs/replays/lab.html");
    Ok(())
}

//! Opening a page in the browser.

use paintdry_terminal::show::shown_path;
use std::env;
use std::path::{self, Path};
use std::time::Duration;

/// A launcher that fails does so at once. One that still runs then has found a browser, and may be it.
const LAUNCHED_WITHIN: Duration = Duration::from_secs(2);

/// Opens this file in the program that the environment variable `BROWSER` names, or in the one that the system chooses.
/// The error is one sentence, which says where the file is.
pub(crate) fn open(file: &Path) -> Result<(), String> {
    let file = path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let asked = env::var_os("BROWSER").unwrap_or_default();
    let browsers = env::split_paths(&asked).filter_map(|browser| browser.into_os_string().into_string().ok());
    let has_opened =
        browsers.filter(|browser| !browser.is_empty()).any(|browser| open::with_detached(&file, browser).is_ok());
    if has_opened || open::that_detached_with_timeout(&file, LAUNCHED_WITHIN).is_ok() {
        return Ok(());
    }
    Err(format!(
        "no browser could be started; open {} yourself, or set BROWSER to the name of a browser",
        shown_path(&file)
    ))
}

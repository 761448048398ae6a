//! The subcommand `diagnose`, from its options to its result.

use super::DiagnoseArgs;
use super::args::DiagnoseFormat;
use crate::ending::Exit;
use crate::format::json;
use crate::recording::{check_keeps, read};
use paintdry_diagnose::{Severity, diagnose};
use paintdry_terminal::show::{columns, counted, printable};

/// Reads the recording and writes what was found.
pub(crate) fn diagnose_job(args: &DiagnoseArgs) -> Result<(), Exit> {
    let output = args.output.open()?;
    check_keeps(&output, &args.recording).map_err(Exit::trouble)?;
    let recording = read(&args.recording).map_err(Exit::trouble)?;
    let diagnosis = diagnose(&recording).map_err(Exit::trouble)?;
    let text = match args.format {
        DiagnoseFormat::Text => printable(&diagnosis.page(columns())),
        DiagnoseFormat::Json => json(&diagnosis),
    };
    output.write(&text, args.output.colour()).map_err(Exit::trouble)?;
    let distinct = diagnosis.distinct();
    let count = |severity| distinct.iter().filter(|same| same[0].severity == severity).count() as u64;
    match (count(Severity::Fault), count(Severity::Delay)) {
        (0, 0) => Ok(()),
        (0, delays) => Err(Exit::failed(format!("the recording shows {}", counted(delays, "delay", "delays")))),
        (faults, _) => Err(Exit::failed(format!("the recording shows {}", counted(faults, "fault", "faults")))),
    }
}

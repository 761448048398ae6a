//! The check of the noise rule: every contender takes part twice, and the comparison must not tell the two apart.

use crate::options::Options;
use crate::report::GroupReport;
use crate::round::parent::{self, Sampling};
use crate::say::say;
use paintdry_contenders::groups::group::Group;

/// What is added to the name of a contender that takes part again.
const AGAIN: &str = ", again";

/// Enters the contenders of `twin`, which are those of `group` built once more.
pub(crate) fn enter(group: &mut Group, twin: Group) {
    group.pairs.clear();
    for mut contender in twin.contenders {
        let again = format!("{}{AGAIN}", contender.name);
        group.pairs.push((std::mem::replace(&mut contender.name, again.clone()), again));
        group.contenders.push(contender);
    }
}

/// Compares the groups `ids`, `runs` times, and prints each pair of twins that a run told apart.
pub(crate) fn compare(
    ids: &[String],
    runs: u64,
    options: &Options,
    sampling: &Sampling,
) -> Result<(), Box<dyn std::error::Error>> {
    let (mut pairs, mut apart) = (0_usize, 0_usize);
    for run in 1..=runs {
        for id in ids {
            let sampling = Sampling { seed: sampling.seed.wrapping_add(run), ..*sampling };
            let measured = parent::measure(id, &options.runtime, &sampling, &mut |_, _| {})?;
            let group = GroupReport::new(id, measured, 0.0);
            pairs += group.pairs.len();
            for pair in group.pairs.iter().filter(|pair| !pair.ratio.is_tie()) {
                say(format_args!("run {run}, {id}: {} was told apart from its twin: {:?}", pair.of, pair.ratio));
                apart += 1;
            }
        }
        eprintln!("run {run} of {runs}: {apart} of {pairs} pairs told apart so far");
    }
    say(format_args!("{runs} runs, {pairs} pairs of twins, {apart} told apart."));
    Ok(())
}

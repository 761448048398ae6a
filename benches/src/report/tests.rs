//! The summary of made-up samples.

use super::*;
use crate::machine::Machine;
use paintdry_contenders::job::Job;
use std::collections::BTreeMap;
use std::time::Duration;

fn contender(name: &str, kind: Kind) -> Contender {
    Contender::absent(name, kind, "it is not run here")
}

fn samples(rounds: &[f64]) -> Samples {
    Samples { rounds: rounds.iter().copied().map(Some).collect(), passes: 1, late: Vec::new(), warm_up: Duration::ZERO }
}

fn group(contenders: Vec<Contender>) -> Group {
    Group {
        title: "Yields".to_owned(),
        what: "Two tasks yield.".to_owned(),
        per: "a yield",
        job: Job::Yields { tasks: 2, items: 1 },
        floor: "floor",
        contenders,
        pairs: vec![("slow".to_owned(), "fast".to_owned()), ("slow".to_owned(), "gone".to_owned())],
    }
}

fn report(outcomes: Vec<Result<Samples, Fault>>) -> GroupReport {
    let group = group(vec![
        contender("slow", Kind::Runtime).full(),
        contender("floor", Kind::Floor).leaving_out(&[Part::Spawns]),
        contender("fast", Kind::ByHand).full(),
        contender("gone", Kind::Python),
        contender("cheat", Kind::Peer).full(),
    ]);
    let measured = group.contenders.iter().zip(outcomes);
    let measured: Vec<_> = measured.map(|(contender, outcome)| Measured { contender, outcome }).collect();
    GroupReport::new("yield-2", &group, &measured)
}

/// A machine that was twice as slow in the second round.
fn measured() -> GroupReport {
    report(vec![
        Ok(samples(&[40.0, 80.0, 40.0])),
        Ok(samples(&[10.0, 20.0, 10.0])),
        Ok(samples(&[20.0, 40.0, 20.0])),
        Err(Fault::Absent("there is no python3".to_owned())),
        Err(Fault::Failed("5 yields instead of 6".to_owned())),
    ])
}

/// For the test of the chart.
pub(crate) fn two_rows() -> GroupReport {
    let mut group = measured();
    group.rows.truncate(2);
    group
}

#[test]
fn rows_stand_by_their_median_and_ratios_are_those_within_a_round() {
    let group = measured();
    let names: Vec<_> = group.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["floor", "fast", "slow"]);
    assert_eq!(group.fastest_full.as_deref(), Some("fast"));
    let exactly = |ratio| Some(Spread { median: ratio, q1: ratio, q3: ratio });
    assert_eq!(group.rows.iter().map(|row| row.to_floor).collect::<Vec<_>>(), [1.0, 2.0, 4.0].map(exactly));
    assert_eq!(group.rows.iter().map(|row| row.to_fastest_full).collect::<Vec<_>>(), [0.5, 1.0, 2.0].map(exactly));
    assert!(group.rows.iter().all(|row| !row.is_like_above));
    assert_eq!(group.pairs.len(), 1, "a pair is left out if one of it is missing");
    assert_eq!(Some(group.pairs[0].ratio), exactly(2.0));
}

#[test]
fn who_was_not_measured_is_listed_with_the_reason() {
    let listed: Vec<_> = measured().left_out.into_iter().map(|row| (row.name, row.is_refused, row.reason)).collect();
    let expected = [("gone", false, "there is no python3"), ("cheat", true, "5 yields instead of 6")];
    assert_eq!(listed, expected.map(|(name, is_refused, reason)| (name.to_owned(), is_refused, reason.to_owned())));
}

#[test]
fn a_difference_within_noise_is_said() {
    let group = report(vec![
        Ok(samples(&[40.0, 44.0, 42.0, 41.0])),
        Ok(samples(&[41.0, 43.0, 41.0, 42.0])),
        Ok(samples(&[80.0, 80.0, 80.0, 80.0])),
        Ok(samples(&[])),
        Ok(samples(&[])),
    ]);
    let like: Vec<_> = group.rows.iter().map(|row| (row.name.as_str(), row.is_like_above)).collect();
    assert_eq!(like, [("slow", false), ("floor", true), ("fast", false)]);
}

/// For the test of the markdown as well.
pub(crate) fn whole_report() -> Report {
    let machine = Machine {
        cpu: "a processor".to_owned(),
        cores: 2,
        os: "linux x86_64".to_owned(),
        rustc: "1.95.0".to_owned(),
        is_optimised: true,
        versions: BTreeMap::from([("tokio".to_owned(), "1.54.1".to_owned())]),
    };
    let sampling = Sampling { rounds: 3, budget: Duration::ZERO, fewest: 1, sample: Duration::ZERO, seed: 9 };
    let mut report = Report::new(machine, &sampling, None);
    report.groups.push(measured());
    report
}

#[test]
fn the_json_parses_back() {
    let report = whole_report();
    let json = serde_json::to_string_pretty(&report).expect("it is plain data");
    assert_eq!(serde_json::from_str::<Report>(&json).expect("it is our own"), report);
}

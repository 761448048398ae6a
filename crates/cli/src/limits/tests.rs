//! What the options accept, at the edges.

use super::*;

#[test]
fn durations_as_people_write_them() {
    let milliseconds = |text| duration(text).expect(text).as_millis();
    assert_eq!(
        ["2s", "500ms", "1minute 30seconds 5ms", "1.5s", " 1min "].map(milliseconds),
        [2_000, 500, 90_005, 1_500, 60_000]
    );
    assert_eq!(duration("1ns"), Ok(Duration::from_nanos(1)));
    assert_eq!(duration("24h"), Ok(LONGEST));
}

#[test]
fn durations_that_are_refused() {
    let sentence = |text| duration(text).expect_err(text);
    assert_eq!(sentence("2"), "the unit is missing; write 2s or 2ms");
    assert!(sentence("0").contains("zero") && sentence("0ms").contains("zero"));
    assert!(sentence("-2s").contains("negative"));
    assert!(sentence("25h").contains("24h") && sentence("0.5ns").contains("1ns"));
    let long = "9999999999y ".repeat(6);
    for text in ["99999999999999y", "9999999999y", "18446744073709551615s 1000ms", "18446744073709551615s 999ms", &long]
    {
        assert!(duration(text).expect_err(text).contains("24h"), "{text}");
        assert!(cost(text).expect_err(text).contains("24h"), "{text}");
    }
    for text in ["", "soon", "2 parsecs", "s", "1m 30", "∞", "2s\0"] {
        assert!(sentence(text).contains("such as 2s"), "{text:?}: {}", sentence(text));
    }
}

#[test]
fn counts_that_are_refused() {
    for text in ["0", "-3", "100001", "99999999999999999999999", "3.5", "three", ""] {
        assert_eq!(canvases(text), Err("write a whole number from 1 to 100,000".to_owned()), "{text:?}");
    }
    assert_eq!(canvases("100000"), Ok(100_000));
}

#[test]
fn speeds_that_are_refused() {
    for text in ["0", "-1", "1e-300", "nan", "inf", "1e7", "fast", ""] {
        assert!(speed(text).is_err(), "{text:?}");
    }
    let speeds = ["10", "0.5", "1e6"].map(|text| speed(text).expect(text).to_string());
    assert_eq!(speeds, ["10", "0.5", "1000000"]);
}

#[test]
fn speed_divides_both_durations() {
    let workload = sped_up(PaintWorkload::default(), 100.0).expect("20 ms and 5 ms");
    assert_eq!((workload.drying.as_millis(), workload.poll.as_millis()), (20, 5));
    assert_eq!(sped_up(PaintWorkload::default(), 1.0), Ok(PaintWorkload::default()));
}

#[test]
fn together_they_must_make_sense() {
    let refused = |drying, poll, speed| {
        let (drying, poll) = (Duration::from_nanos(drying), Duration::from_nanos(poll));
        sped_up(PaintWorkload { drying, poll, ..PaintWorkload::default() }, speed).unwrap_err()
    };
    assert!(refused(1_000, 500, 1e6).contains("--drying 1 µs divided by --speed 1000000 is not"));
    assert!(refused(1, 1, 1e-300).contains("is not from 1ns to 24h"));
    assert!(refused(2_000_000, 1, 1.0).contains("2,000,001 checks"));
    let workload = AmapWorkload { tasks: 1_001, items: 1_000 };
    assert!(few_enough(workload).unwrap_err().contains("1,001,000 items in all"));
    assert!(few_enough(AmapWorkload { tasks: 1_000, items: 1_000 }).is_ok());
}

#[test]
fn many_runs_of_much_would_not_fit_in_memory() {
    let amap = |tasks, items| Workload::Amap(AmapWorkload { tasks, items });
    assert_eq!(few_enough_runs(amap(1_000, 1_000), 10), Ok(()));
    assert_eq!(few_enough_runs(amap(2, 50_000), 100), Ok(()));
    let sentence = few_enough_runs(amap(1_000, 1_000), 11).unwrap_err();
    assert!(sentence.starts_with("11 runs of 1,000,000 items are 11,000,000 items in all"), "{sentence}");
    let paint = |canvases| Workload::Paint(PaintWorkload { canvases, ..PaintWorkload::default() });
    assert_eq!((few_enough_runs(paint(100_000), 1), few_enough_runs(paint(10_000), 100)), (Ok(()), Ok(())));
    assert!(few_enough_runs(paint(100_000), 11).unwrap_err().contains("1,100,000 canvases in all"));
}

#[test]
fn a_run_is_refused_whose_recording_would_be_by_a_few_events() {
    let (drying, poll) = (Duration::from_nanos(571_427), Duration::from_nanos(1));
    let paint = |canvases| Workload::Paint(PaintWorkload { canvases, drying, poll, ..PaintWorkload::default() });
    let sentence = few_enough_events(paint(1), 1).unwrap_err(); // tokio has 4,000,001 events
    assert!(sentence.starts_with("about 4,000,049 events are too many to watch"), "{sentence}");
}

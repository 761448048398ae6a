//! The report as `JUnit` XML, which CI systems read.

use crate::message::first_line;
use crate::report::passed;
use crate::{Judged, Report, Verdict};
use paintdry_terminal::show::printable;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

/// The report as `JUnit` XML, which CI systems read: a suite for each group and a case for each exercise. A failed exercise is a
/// failure; an exercise that could not run to its end is an error.
///
/// # Errors
/// If the XML cannot be written.
pub fn junit(report: &Report) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let all: Vec<_> = report.exercises.iter().collect();
    writer.get_mut().extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer
        .create_element("testsuites")
        .with_attributes(counts("paintdry exercises", &all).pairs())
        .write_inner_content(|writer| {
            report.groups().iter().try_for_each(|(group, exercises)| suite(writer, group, exercises))
        })?;
    let mut xml = writer.into_inner();
    xml.push(b'\n');
    String::from_utf8(xml).map_err(io::Error::other)
}

type Xml = Writer<Vec<u8>>;

fn suite(writer: &mut Xml, group: &str, exercises: &[&Judged]) -> io::Result<()> {
    let element = writer.create_element("testsuite").with_attributes(counts(group, exercises).pairs());
    element.write_inner_content(|writer| exercises.iter().try_for_each(|judged| case(writer, group, judged)))?;
    Ok(())
}

fn case(writer: &mut Xml, group: &str, judged: &Judged) -> io::Result<()> {
    let seconds = seconds(judged.seconds);
    let attributes = [("name", judged.name.as_str()), ("classname", group), ("time", &seconds)];
    let element = writer.create_element("testcase").with_attributes(attributes);
    let kind = match judged.verdict {
        Verdict::Passed => {
            element.write_empty()?;
            return Ok(());
        }
        Verdict::Failed => "failure",
        Verdict::DoesNotCompile | Verdict::Hung | Verdict::Missing => "error",
    };
    let text = printable(judged.message.as_deref().unwrap_or_default());
    let attributes = [("message", first_line(&text)), ("type", judged.verdict.words())];
    element.write_inner_content(|writer| {
        writer.create_element(kind).with_attributes(attributes).write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}

/// The attributes of a suite, and of all suites together.
struct Counts([(&'static str, String); 6]);

impl Counts {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

fn counts(name: &str, exercises: &[&Judged]) -> Counts {
    let failures = exercises.iter().filter(|judged| judged.verdict == Verdict::Failed).count();
    let errors = exercises.len() - passed(exercises) - failures;
    Counts([
        ("name", name.to_owned()),
        ("tests", exercises.len().to_string()),
        ("failures", failures.to_string()),
        ("errors", errors.to_string()),
        ("skipped", "0".to_owned()),
        ("time", seconds(exercises.iter().map(|judged| judged.seconds).sum())),
    ])
}

fn seconds(seconds: f64) -> String {
    format!("{seconds:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Exercise;
    use quick_xml::Reader;
    use quick_xml::XmlVersion;
    use quick_xml::escape::unescape;
    use quick_xml::events::Event;
    use std::path::Path;
    use std::time::Duration;

    fn report() -> Report {
        let mut report = Report::new(Path::new("/students/ada"), 4);
        let awkward = "assertion `a < b && \"c\" > 'd'` failed ]]> <!--\n  left: \u{1b}[31m1\u{0}\u{FFFF}\n\ttab & é";
        let verdicts = [
            ("paint1", "01_blocking", Verdict::Passed, None),
            ("blocking1", "01_blocking", Verdict::Failed, Some(awkward)),
            ("threads1", "01_blocking", Verdict::Hung, Some("it had not ended")),
            ("generator1", "02_generators", Verdict::DoesNotCompile, Some("")),
        ];
        for (name, dir, verdict, message) in verdicts {
            let exercise = Exercise { name: name.to_owned(), dir: Some(dir.to_owned()), test: true };
            report.add(&exercise, Duration::from_millis(1_250), verdict, message.map(str::to_owned));
        }
        report
    }

    #[test]
    fn a_suite_for_each_group_with_its_counts() {
        let xml = junit(&report()).expect("it can be written");
        let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <testsuites name=\"paintdry exercises\" tests=\"4\" failures=\"1\" errors=\"2\" skipped=\"0\" time=\"5.000\">\n  \
            <testsuite name=\"01_blocking\" tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\" time=\"3.750\">\n    \
            <testcase name=\"paint1\" classname=\"01_blocking\" time=\"1.250\"/>\n    \
            <testcase name=\"blocking1\" classname=\"01_blocking\" time=\"1.250\">\n      <failure message=\"";
        assert!(xml.starts_with(start), "{xml}");
        let last = "<testcase name=\"generator1\" classname=\"02_generators\" time=\"1.250\">\n      \
            <error message=\"\" type=\"does not compile\"></error>\n    </testcase>\n  </testsuite>\n</testsuites>\n";
        assert!(xml.ends_with(last), "{xml}");
    }

    #[test]
    fn what_a_program_said_is_text_and_nothing_else() {
        let xml = junit(&report()).expect("it can be written");
        assert!(xml.chars().all(|c| c == '\n' || c == '\t' || (!c.is_control() && c != '\u{FFFF}')), "{xml}");
        let mut reader = Reader::from_str(&xml);
        let (mut message, mut texts) = (String::new(), String::new());
        loop {
            match reader.read_event().expect("it is XML") {
                Event::Eof => break,
                Event::Start(element) if element.name().as_ref() == "failure" => {
                    let attribute = element.try_get_attribute("message").expect("attributes").expect("a message");
                    message = attribute.normalized_value(XmlVersion::Implicit1_0).expect("it is escaped").into_owned();
                }
                Event::Text(text) => texts += &text,
                Event::GeneralRef(entity) => texts += &unescape(&format!("&{};", &*entity)).expect("it is known"),
                _ => {}
            }
        }
        assert_eq!(message, "assertion `a < b && \"c\" > 'd'` failed ]]> <!--");
        assert!(texts.contains("failed ]]> <!--\n  left: 1\n\ttab & é"), "{texts}");
    }
}

//! Files that are replaced or not, devices, links, and standard output under its other names.

use super::*;
use std::thread;

#[test]
fn a_file_is_replaced_only_when_all_is_written() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("result.json");
    fs::write(&path, "old").expect("a file for the test");
    drop(Output::open(Some(&path)).expect("it can be written"));
    assert_eq!(fs::read_to_string(&path).expect("it is still there"), "old");
    let output = Output::open(Some(&path)).expect("it can be written");
    output.write("new", ColorChoice::Auto).expect("it is written");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 1, "no temporary file is left");
}

/// Others may write to the old file, even if the umask forbids it for new files.
#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("result.json");
    fs::write(&path, "old").expect("a file for the test");
    for mode in [0o666, 0o660, 0o600, 0o755] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
        Output::open(Some(&path)).and_then(|output| output.write("new", ColorChoice::Auto)).expect("written");
        let kept = fs::metadata(&path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(kept, mode, "{kept:o}");
    }
}

/// As when Ctrl-C has come, and unfinished files are removed.
#[test]
fn no_file_gets_its_name_while_others_are_removed() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("result.json");
    fs::write(&path, "old").expect("a file for the test");
    let text = || fs::read_to_string(&path).expect("it is there");
    let output = Output::open(Some(&path)).expect("it can be written");
    let removing = leftovers();
    thread::scope(|scope| {
        let writer = scope.spawn(|| output.write("new", ColorChoice::Auto));
        // It takes a while, in which the writer could finish; it must wait.
        assert!((0..5_000).all(|_| text() == "old"));
        drop(removing);
        writer.join().expect("it does not panic").expect("it is written");
    });
    assert_eq!(text(), "new");
}

#[cfg(unix)]
#[test]
fn a_device_stays_a_device_and_a_link_a_link() {
    use std::os::unix::fs::FileTypeExt;
    Output::open(Some(Path::new("/dev/null"))).and_then(|null| null.write("x", ColorChoice::Auto)).expect("written");
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());

    let folder = tempfile::tempdir().expect("a folder for the test");
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").expect("a file for the test");
    std::os::unix::fs::symlink(&file, &link).expect("a link for the test");
    Output::open(Some(&link)).and_then(|output| output.write("new", ColorChoice::Auto)).expect("written");
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "new");
    fs::remove_file(&file).expect("it is there");
    let second = folder.path().join("second");
    std::os::unix::fs::symlink("link", &second).expect("a link for the test");
    Output::open(Some(&second)).and_then(|output| output.write("made", ColorChoice::Auto)).expect("written");
    assert!(fs::symlink_metadata(&second).expect("it is there").is_symlink());
    assert_eq!(fs::read_to_string(&file).expect("it is made"), "made");
    fs::remove_file(&file).expect("it is there");
    std::os::unix::fs::symlink("second", &file).expect("a link for the test");
    Output::open(Some(&second)).expect_err("links in a circle");
}

/// A file that is open already, under the name that Linux has for it.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_open_already_is_continued_and_not_replaced() {
    use std::io::{Read, Seek};
    use std::os::fd::AsRawFd;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("log");
    let mut log = File::options().read(true).append(true).create(true).open(&path).expect("a file for the test");
    let by_number = PathBuf::from(format!("/dev/fd/{}", log.as_raw_fd()));
    let write = || Output::open(Some(&by_number)).and_then(|output| output.write("new\n", ColorChoice::Auto));
    log.write_all(b"old\n").expect("there is space");
    write().expect("it is written");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "old\nnew\n");
    let [named, open] = [&path, &by_number].map(|path| Output::open(Some(path)).expect("it can be written"));
    assert!(named.is_same_file(&open) && open.is_same_file(&named));
    assert!(open.is_file(&path) && !open.is_file(Path::new("/dev/null")) && !open.is_file(folder.path()));
    drop((named, open));

    fs::remove_file(&path).expect("it is there");
    write().expect("it is written, without a name");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 0);
    let mut text = String::new();
    log.rewind().and_then(|()| log.read_to_string(&mut text)).expect("it can be read");
    assert_eq!(text, "old\nnew\nnew\n");
}

/// `/dev/null` takes any number of texts: nothing is lost there that was wanted.
#[cfg(unix)]
#[test]
fn a_device_is_the_same_under_two_names() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("/dev/zero", &link).expect("a link for the test");
    let open = |path: &Path| Output::open(Some(path)).expect("it can be written");
    let (zero, null) = (Path::new("/dev/zero"), Path::new("/dev/null"));
    assert!(open(zero).is_same_file(&open(&link)));
    assert!(!open(zero).is_same_file(&open(null)) && !open(null).is_same_file(&open(null)));
}

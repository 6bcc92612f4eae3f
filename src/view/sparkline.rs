//! Daily response times as a small line beside their median.

use std::fmt::Write;

use crate::check::Micros;

/// Daily medians as a line without axes, in a view box of 58 x 20; `None` if there are not two days
/// with one. The box is at least as high as from 30 % below their middle to 30 % above, so that a
/// steady site looks steady.
pub(crate) fn sparkline(medians: &[Option<Micros>]) -> Option<String> {
    const HEIGHT: i64 = 20;
    let signed = |Micros(time): Micros| i64::try_from(time).unwrap_or(i64::MAX / 100);
    let times: Vec<Option<i64>> = medians.iter().map(|time| time.map(signed)).collect();
    let known = || times.iter().flatten().copied();
    let (low, high) = (known().min()?, known().max()?);
    if known().count() < 2 {
        return None;
    }
    let middle = low.midpoint(high);
    let range = (high - low).max(middle * 6 / 10).max(1);
    let mut path = String::new();
    let mut last: Option<(i64, i64)> = None;
    for (day, time) in (0..).zip(&times) {
        let Some(time) = time else {
            last = None;
            continue;
        };
        let y = HEIGHT / 2 - (time - middle) * HEIGHT / range;
        let (x, y) = (day * 2, y.clamp(0, HEIGHT));
        let _ = match last {
            Some((last_x, last_y)) => write!(path, "{} {}", x - last_x, y - last_y),
            None => write!(path, "M{x} {y}l0 0"),
        };
        path.push(' ');
        last = Some((x, y));
    }
    path.pop();
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::sparkline;
    use crate::check::Micros;

    #[test]
    fn a_sparkline_of_a_steady_site_is_steady() {
        let times = |times: &[u64]| -> Vec<Option<Micros>> {
            let time = |time: &u64| (*time > 0).then_some(Micros(*time));
            times.iter().map(time).collect()
        };
        let line = |all: &[u64]| sparkline(&times(all));
        // 10 % more is a tenth of the height; twice as much is all of it.
        let steady = line(&[100_000, 100_000, 110_000]);
        assert_eq!(steady.as_deref(), Some("M0 11l0 0 2 0 2 -2"));
        assert_eq!(line(&[100, 200]).as_deref(), Some("M0 20l0 0 2 -20"));
        // A day without any interrupts it.
        assert_eq!(line(&[100, 0, 100]).as_deref(), Some("M0 10l0 0 M4 10l0 0"));
        assert_eq!(line(&[0, 100]), None);
        assert_eq!(line(&[]), None);
    }
}

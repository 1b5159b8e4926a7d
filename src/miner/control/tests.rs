//! What [`MiningControl`] does, told as stories.

use std::collections::BTreeMap;

use super::*;
use crate::ledger::Script;
use crate::miner::search_portable;
use crate::miner::template::tests::template;

/// A driver with a chain that grows by one numbered parent a block, and workers that never rest.
struct Driver {
    control: MiningControl,
    now: u64,
    parent: u8,
    jobs: Vec<(u8, Job)>,
    outputs: Vec<MiningOutput>,
}

impl Driver {
    fn new() -> Self {
        let control = MiningControl::new(BlockHash::from_bytes([0; 32]));
        Self { control, now: 1_000, parent: 0, jobs: Vec::new(), outputs: Vec::new() }
    }

    fn put(&mut self, input: MiningInput) {
        for output in self.control.handle(Time::from_millis(self.now), input) {
            self.outputs.push(output.clone());
            match output {
                MiningOutput::Workers(count) => {
                    for worker in 0..count {
                        let message =
                            FromMiner::Ready { protocol: MINER_PROTOCOL_VERSION, kernel: "portable".to_owned() };
                        self.put(MiningInput::Worker { worker, message });
                    }
                }
                MiningOutput::NeedTemplate { .. } => {
                    self.put(MiningInput::Template(Box::new(template(self.parent, 2))));
                }
                MiningOutput::Assign { worker, job } => {
                    self.jobs.retain(|(other, _)| *other != worker);
                    self.jobs.push((worker, job));
                }
                MiningOutput::Stop { worker } => self.jobs.retain(|(other, _)| *other != worker),
                MiningOutput::Solved { .. } => {
                    self.parent += 1;
                    self.put(MiningInput::TipChanged(BlockHash::from_bytes([self.parent; 32])));
                }
                _ => {}
            }
        }
    }

    /// Lets the first worker with a job do it, at this many hashes a millisecond.
    fn work(&mut self, hashes_per_ms: u64) -> Option<Job> {
        let (worker, job) = if self.jobs.is_empty() { return None } else { self.jobs.remove(0) };
        let mut report = search_portable(&job);
        report.micros = report.tries * 1000 / hashes_per_ms;
        self.now += report.micros / 1000 + u64::from(job.rest_ms);
        self.put(MiningInput::Worker { worker, message: FromMiner::Report(report) });
        Some(job)
    }

    fn solved(&self) -> usize {
        self.outputs.iter().filter(|output| matches!(output, MiningOutput::Solved { .. })).count()
    }
}

/// A slice reported without a find, as the target is hard.
fn fruitless(job: &Job, micros: u64) -> FromMiner {
    FromMiner::Report(Report { id: job.id, tries: job.count.into(), micros, ..Report::default() })
}

#[test]
fn one_block_is_one_block() {
    let mut driver = Driver::new();
    driver.put(MiningInput::SetMode(Mode::OneBlock));
    for _ in 0..10 {
        driver.work(1_000);
    }
    assert_eq!(driver.solved(), 1);
    assert_eq!(driver.control.mode(), Mode::Off);
    assert!(driver.outputs.contains(&MiningOutput::ModeChanged(Mode::Off)));
    assert!(driver.jobs.is_empty());
    assert_eq!(driver.control.wake_at(), None);
}

#[test]
fn on_mines_block_after_block_each_on_the_one_before() {
    let mut driver = Driver::new();
    driver.put(MiningInput::SetThreads(3));
    driver.put(MiningInput::SetMode(Mode::On));
    for _ in 0..30 {
        driver.work(1_000);
    }
    assert!(driver.solved() >= 9, "{}", driver.solved());
    let parents: Vec<u8> = driver
        .outputs
        .iter()
        .filter_map(|output| match output {
            MiningOutput::Solved { block, .. } => Some(block.header.prev_block_hash.as_bytes()[0]),
            _ => None,
        })
        .collect();
    assert!(parents.windows(2).all(|pair| pair[1] == pair[0] + 1), "{parents:?}");
    driver.put(MiningInput::SetMode(Mode::Off));
    assert!(driver.jobs.is_empty());
}

#[test]
fn no_nonce_is_tried_twice_and_slices_take_the_time_they_should() {
    let mut driver = Driver::new();
    driver.put(MiningInput::SetThreads(2));
    driver.put(MiningInput::SetMode(Mode::On));
    let mut next: BTreeMap<[u8; 80], u64> = BTreeMap::new();
    for _ in 0..60 {
        let (worker, job) = driver.jobs.remove(0);
        let first = next.entry(job.header).or_default();
        assert_eq!(u64::from(job.first_nonce), *first);
        *first += u64::from(job.count);
        let micros = u64::from(job.count) * 1000 / 5_000;
        driver.now += micros / 1000;
        driver.put(MiningInput::Worker { worker, message: fruitless(&job, micros) });
    }
    let job = &driver.jobs[0].1;
    let millis = f64::from(job.count) / 5_000.0;
    assert!((40.0..=80.0).contains(&millis), "{millis}");
    let rate = driver.control.stats(Time::from_millis(driver.now)).hash_rate;
    assert!((3_500_000.0..=6_500_000.0).contains(&rate), "{rate}");
}

#[test]
fn power_is_the_share_of_time_at_work() {
    for power in [1, 5, 25, 50, 100] {
        let mut driver = Driver::new();
        driver.put(MiningInput::SetPower(power));
        driver.put(MiningInput::SetMode(Mode::On));
        let (mut worked, mut rested) = (0.0, 0.0);
        for step in 0..40 {
            let (worker, job) = driver.jobs.remove(0);
            let micros = u64::from(job.count);
            driver.now += micros / 1000 + u64::from(job.rest_ms);
            driver.put(MiningInput::Worker { worker, message: fruitless(&job, micros) });
            if step >= 20 {
                worked += micros as f64 / 1000.0;
                rested += f64::from(job.rest_ms);
            }
            assert!(job.rest_ms <= 1_000);
        }
        let share = 100.0 * worked / (worked + rested);
        assert!((share - f64::from(power)).abs() <= 0.1 * f64::from(power), "{power}: {share}");
    }
}

#[test]
fn a_new_tip_replaces_every_slice_and_old_finds_count_for_nothing() {
    let mut driver = Driver::new();
    driver.put(MiningInput::SetMode(Mode::On));
    let (worker, old) = driver.jobs[0].clone();
    driver.parent = 9;
    driver.put(MiningInput::TipChanged(BlockHash::from_bytes([9; 32])));
    let (_, new) = driver.jobs[0].clone();
    assert_ne!(old.header[4..36], new.header[4..36]);
    driver.put(MiningInput::Worker { worker, message: FromMiner::Report(search_portable(&old)) });
    assert_eq!(driver.solved(), 0);
    assert_eq!(driver.control.stats(Time::from_millis(driver.now)).tries, 0);
    driver.work(1_000);
    assert_eq!(driver.solved(), 1);
}

#[test]
fn generate_brings_its_blocks_whatever_the_mode() {
    let mut driver = Driver::new();
    let script_pubkey = Script::from_bytes(vec![0x51]);
    let request = |id, count, max_tries| {
        MiningInput::Generate(GenerateRequest { id, count, script_pubkey: script_pubkey.clone(), max_tries })
    };
    driver.put(request(1, 3, 1_000_000));
    driver.put(request(2, 0, 1));
    driver.put(request(3, 100, 4));
    while driver.work(1_000).is_some() {}
    let done: Vec<(u64, usize)> = driver
        .outputs
        .iter()
        .filter_map(|output| match output {
            MiningOutput::Generated { id, hashes } => Some((*id, hashes.len())),
            _ => None,
        })
        .collect();
    assert_eq!((done[0], done[1]), ((2, 0), (1, 3)));
    assert!(done[2].0 == 3 && done[2].1 <= 4);
    assert!(driver.outputs.contains(&MiningOutput::NeedTemplate { script_pubkey: Some(script_pubkey) }));
    assert_eq!(driver.control.wake_at(), None);
}

#[test]
fn workers_that_cannot_start_turn_mining_off_with_the_reason() {
    let mut control = MiningControl::new(BlockHash::ZERO);
    let now = Time::from_millis(0);
    control.handle(now, MiningInput::SetThreads(2));
    control.handle(now, MiningInput::SetMode(Mode::On));
    let failed = |worker| MiningInput::WorkerFailed { worker, reason: "blocked".to_owned() };
    assert_eq!(control.handle(now, failed(1)), []);
    let outputs = control.handle(now, failed(0));
    assert!(outputs.contains(&MiningOutput::Failed { reason: "blocked".to_owned() }));
    assert_eq!(control.mode(), Mode::Off);
    let again = control.handle(now, MiningInput::SetMode(Mode::On));
    assert!(again.contains(&MiningOutput::Workers(2)));
}

#[test]
fn all_nonces_tried_means_another_extra_nonce() {
    let template = Arc::new(template(0, 1));
    let before = template.header_bytes();
    let made = Time::from_millis(0);
    let next_nonce = (1 << 32) - 10;
    let first_header = *template.header();
    let mut work = Work { template, purpose: Purpose::Mine, first_header, extra_nonce: 0, next_nonce, made };
    assert_eq!(work.take(100), (u32::MAX - 9, 10));
    assert_eq!(work.template.header_bytes(), before);
    assert_eq!(work.take(100), (0, 100));
    assert_ne!(work.template.header_bytes(), before);
}

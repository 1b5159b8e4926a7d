use super::*;

const LIMITS: TimeLimits = TimeLimits { write: Duration::from_secs(5), open: Duration::from_secs(8) };

fn at(millis: u64) -> Time {
    Time::from_millis(1_000_000 + millis)
}

fn hash(height: u32) -> BlockHash {
    BlockHash::hash(&height.to_le_bytes())
}

fn block(height: u32) -> BlockToKeep {
    BlockToKeep { hash: hash(height), height, size: 200 }
}

fn state(json: &str) -> StateToKeep {
    StateToKeep { json: json.to_owned(), height: 0 }
}

fn fault(trouble: StorageTrouble) -> Fault {
    Fault { trouble, reason: "why".to_owned() }
}

/// The blocks and the state of the write that is next.
fn write(keeper: &mut Keeper, now: Time) -> (u64, Vec<BlockHash>, Option<String>) {
    match keeper.next_step(now) {
        Some(Step::Write { attempt, blocks, state }) => (attempt, blocks, state.map(|state| state.json)),
        other => panic!("a write was next, not {other:?}"),
    }
}

fn opening(keeper: &mut Keeper, now: Time) -> u64 {
    match keeper.next_step(now) {
        Some(Step::Open { attempt }) => attempt,
        other => panic!("an opening was next, not {other:?}"),
    }
}

fn unsaved(keeper: &Keeper) -> Unsaved {
    match keeper.storage() {
        StorageState::Unsaved(unsaved) => unsaved,
        StorageState::Stored => panic!("not all is saved"),
    }
}

/// Refuses a write, and lets the database go.
fn refuse(keeper: &mut Keeper, now: Time, trouble: StorageTrouble) {
    let (attempt, ..) = write(keeper, now);
    keeper.failed(now, attempt, fault(trouble));
    assert_eq!(keeper.next_step(now), Some(Step::LetGo));
}

#[test]
fn what_is_wanted_is_written_in_order_and_settled_when_it_is_kept() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.want_block(block(1));
    keeper.want_state(state("one"));
    keeper.want_block(block(2));
    keeper.want_state(state("two"));
    let last = keeper.last();
    let (attempt, blocks, json) = write(&mut keeper, at(0));
    assert_eq!((blocks, json.as_deref()), (vec![hash(1), hash(2)], Some("two")));
    keeper.want_block(block(3));
    assert_eq!(keeper.next_step(at(1)), None, "one write at a time");
    assert_eq!(keeper.settled(), 0);
    assert!(keeper.written(attempt));
    assert_eq!(keeper.settled(), last);
    assert!(keeper.last_block() > keeper.settled());
    assert_eq!(write(&mut keeper, at(2)).1, [hash(3)]);
    assert_eq!(keeper.storage(), StorageState::Stored);
}

#[test]
fn a_batch_is_bounded_and_the_state_comes_after_the_last_block() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    for height in 1..=300 {
        keeper.want_block(block(height));
    }
    keeper.want_state(state("s"));
    let (attempt, blocks, json) = write(&mut keeper, at(0));
    assert_eq!((blocks.len(), json), (MAX_BATCH, None));
    assert!(keeper.written(attempt));
    assert_eq!(keeper.settled(), 256, "the blocks that are kept");
    let (attempt, blocks, json) = write(&mut keeper, at(1));
    assert_eq!((blocks.len(), json.as_deref()), (44, Some("s")));
    assert!(keeper.written(attempt));
    assert_eq!(keeper.settled(), keeper.last());

    // Large blocks: as many as fit, but one at least.
    for height in [400, 401, 402] {
        keeper.want_block(BlockToKeep { size: 3_000_000, ..block(height) });
    }
    assert_eq!(write(&mut keeper, at(2)).1, [hash(400)]);
}

#[test]
fn a_state_that_waits_for_later_blocks_is_not_settled_before_it_is_kept() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.want_state(state("early"));
    let waiting = keeper.last();
    for height in 1..=300 {
        keeper.want_block(block(height));
    }
    let (attempt, _, json) = write(&mut keeper, at(0));
    assert_eq!(json, None);
    assert!(keeper.written(attempt));
    assert!(keeper.settled() < waiting);
    let (attempt, ..) = write(&mut keeper, at(1));
    assert!(keeper.written(attempt));
    assert_eq!(keeper.settled(), keeper.last());
}

#[test]
fn after_a_refused_write_the_database_is_opened_again_and_given_all_that_is_missing() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.want_block(block(12));
    keeper.want_state(state("a"));
    refuse(&mut keeper, at(0), StorageTrouble::Refused);
    // Nobody waits for what can't be kept now.
    assert_eq!(keeper.settled(), keeper.last());
    keeper.want_block(block(13));
    keeper.want_state(state("b"));
    assert_eq!(keeper.settled(), keeper.last());
    let told = unsaved(&keeper);
    assert_eq!((told.trouble, told.reason.as_str()), (StorageTrouble::Refused, "why"));
    assert_eq!((told.blocks, told.heights, told.wallet), (2, Some((12, 13)), true));
    assert!(told.rest_saved);
    assert_eq!((told.since, told.retry), (at(0), Retry::At(at(1_000))));
    assert_eq!(keeper.wake_at(), Some(at(1_000)));

    assert_eq!(keeper.next_step(at(999)), None);
    let attempt = opening(&mut keeper, at(1_000));
    assert_eq!(unsaved(&keeper).retry, Retry::Now);
    assert!(keeper.opened(at(1_010), attempt, Found { anything: true }, vec![block(12), block(13)], Some(state("b"))));
    let (attempt, blocks, json) = write(&mut keeper, at(1_010));
    assert_eq!((blocks, json.as_deref()), (vec![hash(12), hash(13)], Some("b")));
    assert!(unsaved(&keeper).wallet, "it is not saved before it is written");
    assert!(keeper.written(attempt));
    assert_eq!(keeper.storage(), StorageState::Stored);
    assert_eq!(keeper.wake_at(), None);
    keeper.want_block(block(14));
    assert!(keeper.settled() < keeper.last_block(), "from now on blocks are waited for again");
}

#[test]
fn pauses_double_up_to_a_minute_and_begin_anew_after_a_success() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.want_state(state("a"));
    refuse(&mut keeper, at(0), StorageTrouble::Full);
    let mut now = at(0);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let Retry::At(next) = unsaved(&keeper).retry else { panic!("a time") };
        pauses.push((next - now).millis / 1_000);
        now = next;
        let attempt = opening(&mut keeper, now);
        keeper.failed(now, attempt, fault(StorageTrouble::Refused));
        assert_eq!(keeper.next_step(now), Some(Step::LetGo));
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    assert_eq!(unsaved(&keeper).since, at(0), "since the first failure");

    // The user need not wait.
    keeper.try_now(now);
    let attempt = opening(&mut keeper, now);
    assert!(keeper.opened(now, attempt, Found { anything: true }, Vec::new(), Some(state("a"))));
    let (attempt, ..) = write(&mut keeper, now);
    assert!(keeper.written(attempt));
    assert_eq!(keeper.storage(), StorageState::Stored);
    keeper.want_state(state("b"));
    refuse(&mut keeper, now, StorageTrouble::Refused);
    assert_eq!(unsaved(&keeper).retry, Retry::At(now + Duration::from_secs(1)));
}

#[test]
fn a_write_that_never_answers_is_given_up_and_its_late_success_does_not_confuse() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.want_block(block(1));
    let (late, ..) = write(&mut keeper, at(0));
    assert_eq!(keeper.wake_at(), Some(at(5_000)));
    keeper.want_block(block(2));
    assert_eq!(keeper.next_step(at(4_999)), None);
    assert_eq!(keeper.settled(), 0);
    assert_eq!(keeper.next_step(at(5_000)), Some(Step::LetGo));
    assert_eq!(keeper.settled(), keeper.last());
    assert_eq!(unsaved(&keeper).trouble, StorageTrouble::Silent);

    assert!(!keeper.written(late));
    keeper.failed(at(5_500), late, fault(StorageTrouble::Refused));
    let told = unsaved(&keeper);
    assert_eq!((told.blocks, told.trouble), (2, StorageTrouble::Silent));

    // The database itself says what it has: the late write did arrive.
    let attempt = opening(&mut keeper, at(6_000));
    assert!(keeper.opened(at(6_000), attempt, Found { anything: true }, vec![block(2)], Some(state("a"))));
    let (attempt, blocks, _) = write(&mut keeper, at(6_000));
    assert_eq!(blocks, [hash(2)]);
    assert!(!keeper.written(late));
    assert_eq!(unsaved(&keeper).blocks, 1);
    assert!(keeper.written(attempt));
    assert_eq!(keeper.storage(), StorageState::Stored);
}

#[test]
fn an_opening_that_never_answers_is_given_up_and_not_used_when_it_answers_late() {
    let mut keeper = Keeper::without_database(LIMITS, at(0), fault(StorageTrouble::Silent));
    assert_eq!(keeper.next_step(at(0)), None, "there is nothing to let go");
    let late = opening(&mut keeper, at(1_000));
    assert_eq!(keeper.wake_at(), Some(at(9_000)));
    assert_eq!(keeper.next_step(at(9_000)), Some(Step::LetGo));
    assert!(!keeper.opened(at(9_500), late, Found { anything: false }, Vec::new(), None));
    assert_eq!(unsaved(&keeper).retry, Retry::At(at(11_000)));
}

#[test]
fn a_database_that_the_browser_closes_counts_as_a_refused_write() {
    let mut keeper = Keeper::with_open_database(LIMITS);
    keeper.lost(at(0), fault(StorageTrouble::Closed));
    assert_eq!(keeper.next_step(at(0)), Some(Step::LetGo));
    let told = unsaved(&keeper);
    assert_eq!((told.trouble, told.blocks, told.wallet), (StorageTrouble::Closed, 0, false));
    assert!(!told.rest_saved, "it may have been emptied");
    // Emptied meanwhile: all of it is missing.
    let attempt = opening(&mut keeper, at(1_000));
    let missing = vec![block(1), block(2)];
    assert!(keeper.opened(at(1_000), attempt, Found { anything: false }, missing, Some(state("a"))));
    let (attempt, blocks, json) = write(&mut keeper, at(1_000));
    assert_eq!((blocks, json.as_deref()), (vec![hash(1), hash(2)], Some("a")));

    // Closed during a write, which fails then, too: told once.
    keeper.lost(at(1_100), fault(StorageTrouble::Closed));
    keeper.failed(at(1_100), attempt, fault(StorageTrouble::Refused));
    assert_eq!(unsaved(&keeper).trouble, StorageTrouble::Closed);
    assert!(unsaved(&keeper).wallet, "the state of the write that failed is not lost");
    assert_eq!(keeper.next_step(at(1_100)), Some(Step::LetGo));
    assert_eq!(unsaved(&keeper).retry, Retry::At(at(3_100)));
}

#[test]
fn a_node_that_began_anew_never_writes_over_the_one_it_could_not_open() {
    let mut keeper = Keeper::without_database(LIMITS, at(0), fault(StorageTrouble::Silent));
    keeper.want_block(block(1));
    keeper.want_state(state("another wallet"));
    assert_eq!(keeper.settled(), keeper.last());
    let attempt = opening(&mut keeper, at(1_000));
    assert!(!keeper.opened(at(1_000), attempt, Found { anything: true }, vec![block(1)], Some(state("b"))));
    let told = unsaved(&keeper);
    assert_eq!((told.trouble, told.retry, told.blocks), (StorageTrouble::Earlier, Retry::Never, 1));
    assert_eq!(keeper.next_step(at(1_000)), Some(Step::LetGo));
    keeper.try_now(at(2_000));
    assert_eq!(keeper.next_step(at(9_999_999)), None);
}

#[test]
fn a_node_that_began_in_memory_is_saved_as_soon_as_an_empty_database_opens() {
    let mut keeper = Keeper::without_database(LIMITS, at(0), fault(StorageTrouble::Refused));
    keeper.want_block(block(1));
    let attempt = opening(&mut keeper, at(1_000));
    assert!(keeper.opened(at(1_000), attempt, Found { anything: false }, vec![block(1)], Some(state("a"))));
    // Half of it is written, then it fails again: what is there now is its own.
    let (attempt, ..) = write(&mut keeper, at(1_000));
    keeper.failed(at(1_001), attempt, fault(StorageTrouble::Refused));
    assert_eq!(keeper.next_step(at(1_001)), Some(Step::LetGo));
    let attempt = opening(&mut keeper, at(3_001));
    assert!(keeper.opened(at(3_001), attempt, Found { anything: true }, Vec::new(), Some(state("a"))));
}

#[test]
fn what_cannot_help_is_not_tried_for_ever() {
    for trouble in StorageTrouble::ALL {
        let mut keeper = Keeper::without_database(LIMITS, at(0), fault(trouble));
        let tries = keeper.next_step(at(3_600_000)).is_some();
        assert_eq!(tries, trouble.can_pass(), "{trouble:?}");
        assert_eq!(unsaved(&keeper).retry == Retry::Never, !trouble.can_pass(), "{trouble:?}");
    }
}

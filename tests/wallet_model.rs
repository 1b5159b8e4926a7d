//! Random lives of a wallet, and what must be true of it at every moment.
//!
//! Payments, conflicts, lost branches, addresses handed out and paid beyond the gap, restores and
//! reloads at any moment: the wallet has what a simple model finds in the active chain, a reload
//! changes nothing (what the mempool has, aside), and the words bring back what the words can know.
//!
//! `TABCHAIN_SEEDS` says how many lives (`make soak`: 10,000), `TABCHAIN_FIRST_SEED` from which on.

#[path = "wallet_model/life.rs"]
mod life;
#[path = "wallet_model/model.rs"]
mod model;
#[path = "wallet_model/world.rs"]
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use life::live;
use world::World;

/// Lives that went wrong once: 16 lost a coin of a key that came into sight within a block; the others had in their
/// mempool, after a start, what a branch had that lost before.
const PINNED: &[u64] = &[16, 122, 162, 186, 519, 2_098];
/// Lives in an ordinary run of the tests.
const SEEDS: u64 = 12;

/// Says which life it was if it ends badly.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the life of seed {} went wrong: TABCHAIN_FIRST_SEED={0} TABCHAIN_SEEDS=1 repeats it", self.0);
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn a_wallet_opened_again_or_restored_from_its_words_is_the_same_after_any_life() {
    let world = World::new();
    let first = number("TABCHAIN_FIRST_SEED").unwrap_or(1);
    let count = number("TABCHAIN_SEEDS").unwrap_or(SEEDS);
    let seeds: Vec<u64> = PINNED.iter().copied().chain(first..first + count).collect();
    let (next, reloads, restores) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(&seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    let told = Seed(seed);
                    let life = live(&world, seed);
                    reloads.fetch_add(life.reloads, Ordering::Relaxed);
                    restores.fetch_add(life.restores, Ordering::Relaxed);
                    drop(told);
                }
            });
        }
    });
    println!("{} lives, {reloads:?} reloads, {restores:?} restores", seeds.len());
}

//! Mining: the block to look for, the search for its nonce, and who searches what.
//!
//! ```text
//! BlockTemplate  --header, target-->  MiningControl  --Job-->  worker: search()
//!                                                    <-Report--
//! ```
//!
//! A [`BlockTemplate`] is the next block but for its proof of work. [`MiningControl`] cuts the
//! search into slices of well under a tenth of a second and hands them to workers, so that
//! stopping, a new tip or a change of power takes effect at once. Workers know nothing but the
//! [`Job`] in hand. Nothing here reads a clock: whoever runs a search says how long it took.

mod build;
mod coinbase;
mod control;
mod job;
mod messages;
mod prepared;
mod rate;
mod search;
#[cfg(target_arch = "wasm32")]
mod simd;
mod template;

pub use coinbase::{MAX_TAG_BYTES, miner_tag};
pub use control::{MAX_THREADS, MiningControl};
pub use job::{FromMiner, Job, MAX_ZERO_BITS, MINER_PROTOCOL_VERSION, Report, ToMiner};
pub use messages::{GenerateRequest, MiningInput, MiningOutput, MiningStats, Mode};
pub use search::{KERNEL, mine_block_now, search, search_portable};
#[cfg(target_arch = "wasm32")]
pub use simd::search_simd;
pub use template::{BlockTemplate, TemplateParts};

//! Which coins to spend.
//!
//! A coin is spent whole, so the coins chosen rarely add up to what is to be paid, and the rest
//! comes back as change. First a search for coins that fit so well that no change is needed (branch
//! and bound, as in Bitcoin Core), else one coin or the largest ones. The same coins and the same
//! request always give the same choice.

use crate::ledger::{Amount, FeeRate, compact_size_len};

/// Most bytes of an input that spends pay-to-public-key-hash with a compressed key: outpoint 36,
/// script 1 + (1 + 72 signature) + (1 + 33 key), sequence 4. A signature is a byte or two shorter at times.
pub const P2PKH_INPUT_SIZE: usize = 148;
/// Most bytes of an input that spends pay-to-public-key.
pub const P2PK_INPUT_SIZE: usize = 114;
/// Bytes of a pay-to-public-key-hash output: amount 8, script 1 + 25.
pub const P2PKH_OUTPUT_SIZE: usize = 34;
/// The fee rate at which spending a coin must not cost more than it is worth, in satoshis a byte
/// (Core `DUST_RELAY_TX_FEE`).
const DUST_FEE_RATE: u64 = 3;
/// The least amount worth an output of its own: 546 satoshis (Core `GetDustThreshold`).
pub const DUST_LIMIT: Amount = Amount::from_sat((P2PKH_OUTPUT_SIZE + P2PKH_INPUT_SIZE) as u64 * DUST_FEE_RATE);
/// Most inputs of a payment: some 74 kB, which a classroom's block still holds.
pub const MAX_INPUTS: usize = 500;
/// Steps after which the search for coins that need no change is given up (Core `TOTAL_TRIES`).
const MOST_TRIES: usize = 100_000;

/// A coin that may be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// What it is worth.
    pub value: Amount,
    /// Most bytes of an input that spends it.
    pub input_size: usize,
}

/// What is to be paid for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// The sum for the recipients.
    pub amount: Amount,
    /// How many recipients.
    pub recipients: usize,
    /// What is paid for its size.
    pub fee_rate: FeeRate,
    /// Whether the recipients bear the fee: the coins need to reach the amount only.
    pub subtract_fee: bool,
}

/// The choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// Indices into the candidates, ascending.
    pub chosen: Vec<usize>,
    /// What comes back; none if that would be dust and goes to the fee.
    pub change: Option<Amount>,
    /// The fee.
    pub fee: Amount,
    /// Most bytes of the signed transaction.
    pub size: usize,
}

/// Why no coins were chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionFailure {
    /// All of them together are not enough; the amount with the fee of spending all.
    Insufficient {
        /// Amount and fee.
        needed: Amount,
    },
    /// They would be enough, but [`MAX_INPUTS`] of them are not.
    TooManyInputs {
        /// How many it would take.
        needed: usize,
    },
}

/// Bytes of a transaction with inputs of these sizes and so many P2PKH outputs.
pub fn transaction_size(inputs: usize, input_bytes: usize, outputs: usize) -> usize {
    // Version 4, lock time 4.
    8 + compact_size_len(inputs as u64) + input_bytes + compact_size_len(outputs as u64) + outputs * P2PKH_OUTPUT_SIZE
}

/// Chooses coins for a payment.
///
/// # Errors
/// [`SelectionFailure`].
pub fn select_coins(candidates: &[Candidate], target: &Target) -> Result<Selection, SelectionFailure> {
    if !target.subtract_fee
        && let Some(chosen) = branch_and_bound(candidates, target)
        && let Some(selection) = settle(candidates, chosen, target)
    {
        return Ok(selection);
    }
    single_coin(candidates, target).map_or_else(|| largest_first(candidates, target), Ok)
}

/// What becomes of chosen coins: fee and change. None if they are not enough.
pub fn settle(candidates: &[Candidate], mut chosen: Vec<usize>, target: &Target) -> Option<Selection> {
    chosen.sort_unstable();
    let coins = || chosen.iter().filter_map(|index| candidates.get(*index));
    let total = Amount::sum(coins().map(|coin| coin.value))?;
    let input_bytes: usize = coins().map(|coin| coin.input_size).sum();
    let cost = |outputs| {
        let size = transaction_size(chosen.len(), input_bytes, outputs);
        Some((size, target.fee_rate.fee(size)?))
    };
    let (size, fee) = cost(target.recipients)?;
    let (size_with_change, fee_with_change) = cost(target.recipients + 1)?;
    if target.subtract_fee {
        let rest = total.checked_sub(target.amount)?;
        return Some(if rest >= DUST_LIMIT {
            Selection { chosen, change: Some(rest), fee: fee_with_change, size: size_with_change }
        } else {
            // The recipients need not bear what the left-over dust already pays.
            Selection { chosen, change: None, fee: fee.max(rest), size }
        });
    }
    let rest = total.checked_sub(target.amount)?.checked_sub(fee)?;
    let change = total.checked_sub(target.amount.checked_add(fee_with_change)?).filter(|rest| *rest >= DUST_LIMIT);
    Some(match change {
        Some(_) => Selection { chosen, change, fee: fee_with_change, size: size_with_change },
        None => Selection { chosen, change: None, fee: fee.checked_add(rest)?, size },
    })
}

/// A coin's worth less what its input costs; none if it costs more than it is worth.
fn effective_value(coin: &Candidate, fee_rate: FeeRate) -> Option<u64> {
    coin.value.checked_sub(fee_rate.fee(coin.input_size)?).map(Amount::to_sat).filter(|value| *value > 0)
}

/// Coins whose effective values hit the target so closely that change would be dust; of those
/// found, the closest.
fn branch_and_bound(candidates: &[Candidate], target: &Target) -> Option<Vec<usize>> {
    let fixed_fee = target.fee_rate.fee(transaction_size(0, 0, target.recipients))?;
    let least = target.amount.to_sat().checked_add(fixed_fee.to_sat())?;
    // One satoshi more would make change that is not dust.
    let change_cost = target.fee_rate.fee(P2PKH_OUTPUT_SIZE)?.to_sat();
    let most = least.checked_add(change_cost)?.checked_add(DUST_LIMIT.to_sat() - 1)?;

    let mut pool: Vec<(u64, usize)> = candidates
        .iter()
        .enumerate()
        .filter_map(|(index, coin)| Some((effective_value(coin, target.fee_rate)?, index)))
        .collect();
    pool.sort_unstable_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
    let mut remaining = pool.iter().try_fold(0_u64, |sum, (value, _)| sum.checked_add(*value))?;
    if remaining < least {
        return None;
    }

    let mut best: Option<(u64, Vec<usize>)> = None;
    let mut taken: Vec<usize> = Vec::new();
    let mut sum = 0_u64;
    let mut next = 0;
    for _ in 0..MOST_TRIES {
        let is_hit = sum >= least && sum <= most;
        if is_hit && best.as_ref().is_none_or(|(best_sum, _)| sum < *best_sum) {
            best = Some((sum, taken.clone()));
            if sum == least {
                break;
            }
        }
        let is_dead = sum >= least || sum + remaining < least || taken.len() >= MAX_INPUTS;
        match pool.get(next) {
            Some((value, _)) if !is_dead => {
                remaining -= value;
                // A coin like the one just left out was tried in its place already.
                let is_repeat = next > 0 && taken.last() != Some(&(next - 1)) && pool[next - 1].0 == *value;
                if !is_repeat {
                    taken.push(next);
                    sum += value;
                }
                next += 1;
            }
            _ => {
                // Back to the last coin taken, and on without it.
                let Some(last) = taken.pop() else { break };
                remaining += pool[last + 1..next].iter().map(|(value, _)| value).sum::<u64>();
                sum -= pool[last].0;
                next = last + 1;
            }
        }
    }
    best.map(|(_, taken)| taken.into_iter().map(|at| pool[at].1).collect())
}

/// The smallest coin that is enough alone, so that large ones stay whole.
fn single_coin(candidates: &[Candidate], target: &Target) -> Option<Selection> {
    candidates
        .iter()
        .enumerate()
        .filter_map(|(index, coin)| Some((coin.value, settle(candidates, vec![index], target)?)))
        .min_by_key(|(value, _)| *value)
        .map(|(_, selection)| selection)
}

/// The largest coins until they are enough.
fn largest_first(candidates: &[Candidate], target: &Target) -> Result<Selection, SelectionFailure> {
    let is_worth_it = |coin: &Candidate| target.subtract_fee || effective_value(coin, target.fee_rate).is_some();
    let mut order: Vec<usize> = (0..candidates.len()).filter(|index| is_worth_it(&candidates[*index])).collect();
    order.sort_unstable_by_key(|index| (std::cmp::Reverse(candidates[*index].value), *index));

    let (mut total, mut bytes) = (0_u64, 0);
    for (count, index) in order.iter().enumerate() {
        let count = count + 1;
        total = total.saturating_add(candidates[*index].value.to_sat());
        bytes += candidates[*index].input_size;
        if total >= needed(target, count, bytes) {
            return settle(candidates, order[..count].to_vec(), target)
                .filter(|_| count <= MAX_INPUTS)
                .ok_or(SelectionFailure::TooManyInputs { needed: count });
        }
    }
    Err(SelectionFailure::Insufficient {
        needed: Amount::from_sat(needed(target, order.len().max(1), bytes.max(P2PKH_INPUT_SIZE))),
    })
}

/// Satoshis that so many inputs must bring.
fn needed(target: &Target, inputs: usize, input_bytes: usize) -> u64 {
    let size = transaction_size(inputs, input_bytes, target.recipients);
    let fee = if target.subtract_fee { Some(Amount::ZERO) } else { target.fee_rate.fee(size) };
    target.amount.to_sat().saturating_add(fee.map_or(u64::MAX, Amount::to_sat))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coins(values: &[u64]) -> Vec<Candidate> {
        values.iter().map(|value| Candidate { value: Amount::from_sat(*value), input_size: P2PKH_INPUT_SIZE }).collect()
    }

    fn pay(amount: u64) -> Target {
        Target {
            amount: Amount::from_sat(amount),
            recipients: 1,
            fee_rate: FeeRate::from_sat_per_vb(1),
            subtract_fee: false,
        }
    }

    #[test]
    fn coins_that_fit_are_spent_without_change() {
        // 44 bytes beside the inputs: 10 + 34.
        let exact = 3_000 + 5_000 - 2 * 148 - 44;
        let choice = select_coins(&coins(&[100_000, 3_000, 7_000, 5_000]), &pay(exact)).expect("enough");
        assert_eq!(choice, Selection { chosen: vec![1, 3], change: None, fee: Amount::from_sat(340), size: 340 });
        // A few satoshis over are cheaper given to the miner than taken back.
        let choice = select_coins(&coins(&[100_000, 3_000, 7_000, 5_000]), &pay(exact - 100)).expect("enough");
        assert_eq!((choice.change, choice.fee), (None, Amount::from_sat(440)));
    }

    #[test]
    fn else_the_smallest_coin_that_is_enough_is_broken() {
        let choice = select_coins(&coins(&[100_000, 3_000, 50_000, 5_000]), &pay(20_000)).expect("enough");
        assert_eq!(choice.chosen, [2]);
        assert_eq!(choice.fee, Amount::from_sat(226));
        assert_eq!(choice.change, Some(Amount::from_sat(50_000 - 20_000 - 226)));
    }

    #[test]
    fn else_the_largest_ones_are_spent() {
        let choice = select_coins(&coins(&[10_000, 30_000, 20_000]), &pay(45_000)).expect("enough");
        assert_eq!(choice.chosen, [1, 2]);
    }

    #[test]
    fn too_little_is_told_with_what_is_needed() {
        let failure = select_coins(&coins(&[10_000, 100]), &pay(10_000)).expect_err("too little");
        assert_eq!(failure, SelectionFailure::Insufficient { needed: Amount::from_sat(10_000 + 192) });
        let failure = select_coins(&[], &pay(10_000)).expect_err("nothing");
        assert_eq!(failure, SelectionFailure::Insufficient { needed: Amount::from_sat(10_000 + 192) });
    }

    #[test]
    fn too_many_small_coins_are_told() {
        let failure = select_coins(&coins(&[1_000; 600]), &pay(501 * (1_000 - 148) - 100)).expect_err("too many");
        assert!(matches!(failure, SelectionFailure::TooManyInputs { needed } if needed > MAX_INPUTS), "{failure:?}");
    }

    #[test]
    fn recipients_can_bear_the_fee() {
        let target = Target { subtract_fee: true, ..pay(10_000) };
        let choice = select_coins(&coins(&[10_000]), &target).expect("enough");
        assert_eq!((choice.change, choice.fee), (None, Amount::from_sat(192)));
        let choice = select_coins(&coins(&[10_500]), &target).expect("enough");
        assert_eq!((choice.change, choice.fee), (None, Amount::from_sat(500)));
        let choice = select_coins(&coins(&[20_000]), &target).expect("enough");
        assert_eq!((choice.change, choice.fee), (Some(Amount::from_sat(10_000)), Amount::from_sat(226)));
    }

    #[test]
    fn a_hundred_equal_coins_do_not_stall_the_search() {
        let choice = select_coins(&coins(&[5_000_000_000; 120]), &pay(123_456_789_012)).expect("enough");
        assert_eq!(choice.chosen.len(), 25);
    }
}

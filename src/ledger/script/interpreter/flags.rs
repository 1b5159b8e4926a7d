//! Which rules apply: those that came after 2009 are switches, so that old blocks stay valid.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// A set of rules for [`verify_script`](super::verify_script) (Core `SCRIPT_VERIFY_*`).
///
/// Adding a rule only ever makes more scripts fail, but that CLEANSTACK counts as Core does only
/// together with WITNESS, as there it is never without.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(u32);

impl Flags {
    /// The rules of 2009 only.
    pub const NONE: Self = Self(0);
    /// Run the script behind a script hash (BIP-0016).
    pub const P2SH: Self = Self(1);
    /// Signatures in strict DER with a known hash type, public keys compressed or uncompressed (policy).
    pub const STRICTENC: Self = Self(1 << 1);
    /// Signatures in strict DER (BIP-0066).
    pub const DERSIG: Self = Self(1 << 2);
    /// Signatures with S in the lower half (BIP-0062 rule 5; policy).
    pub const LOW_S: Self = Self(1 << 3);
    /// A multisignature's extra element is empty (BIP-0147).
    pub const NULLDUMMY: Self = Self(1 << 4);
    /// Unlocking scripts only push (BIP-0062 rule 2; policy).
    pub const SIGPUSHONLY: Self = Self(1 << 5);
    /// Pushes and numbers are written the shortest way (BIP-0062 rules 3 and 4; policy).
    pub const MINIMALDATA: Self = Self(1 << 6);
    /// No NOPs kept for future rules (policy).
    pub const DISCOURAGE_UPGRADABLE_NOPS: Self = Self(1 << 7);
    /// Exactly one element is left at the end (BIP-0062 rule 6; policy).
    pub const CLEANSTACK: Self = Self(1 << 8);
    /// OP_CHECKLOCKTIMEVERIFY (BIP-0065).
    pub const CHECKLOCKTIMEVERIFY: Self = Self(1 << 9);
    /// OP_CHECKSEQUENCEVERIFY (BIP-0112).
    pub const CHECKSEQUENCEVERIFY: Self = Self(1 << 10);
    /// Witnesses belong to witness programs, and their form fits (BIP-0141). Programs are not run.
    pub const WITNESS: Self = Self(1 << 11);
    /// OP_IF takes exactly empty or 1; in witness scripts only, so nothing here obeys it (policy).
    pub const MINIMALIF: Self = Self(1 << 13);
    /// A signature that fails is empty (BIP-0146; policy).
    pub const NULLFAIL: Self = Self(1 << 14);
    /// The script that is signed has no OP_CODESEPARATOR and not the signature itself (policy).
    pub const CONST_SCRIPTCODE: Self = Self(1 << 16);

    /// What every block must obey today, Taproot aside (Core `MANDATORY_SCRIPT_VERIFY_FLAGS`).
    pub const MANDATORY: Self = Self(
        Self::P2SH.0
            | Self::DERSIG.0
            | Self::NULLDUMMY.0
            | Self::CHECKLOCKTIMEVERIFY.0
            | Self::CHECKSEQUENCEVERIFY.0
            | Self::WITNESS.0,
    );

    /// What a node asks of transactions before it relays or mines them (Core `STANDARD_SCRIPT_VERIFY_FLAGS`).
    pub const STANDARD: Self = Self(
        Self::MANDATORY.0
            | Self::STRICTENC.0
            | Self::LOW_S.0
            | Self::MINIMALDATA.0
            | Self::DISCOURAGE_UPGRADABLE_NOPS.0
            | Self::CLEANSTACK.0
            | Self::MINIMALIF.0
            | Self::NULLFAIL.0
            | Self::CONST_SCRIPTCODE.0,
    );

    /// Each rule with Core's name for it, in Core's order.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("P2SH", Self::P2SH),
        ("STRICTENC", Self::STRICTENC),
        ("DERSIG", Self::DERSIG),
        ("LOW_S", Self::LOW_S),
        ("NULLDUMMY", Self::NULLDUMMY),
        ("SIGPUSHONLY", Self::SIGPUSHONLY),
        ("MINIMALDATA", Self::MINIMALDATA),
        ("DISCOURAGE_UPGRADABLE_NOPS", Self::DISCOURAGE_UPGRADABLE_NOPS),
        ("CLEANSTACK", Self::CLEANSTACK),
        ("CHECKLOCKTIMEVERIFY", Self::CHECKLOCKTIMEVERIFY),
        ("CHECKSEQUENCEVERIFY", Self::CHECKSEQUENCEVERIFY),
        ("WITNESS", Self::WITNESS),
        ("MINIMALIF", Self::MINIMALIF),
        ("NULLFAIL", Self::NULLFAIL),
        ("CONST_SCRIPTCODE", Self::CONST_SCRIPTCODE),
    ];

    /// Whether all of `rules` are in the set.
    pub const fn contains(self, rules: Self) -> bool {
        self.0 & rules.0 == rules.0
    }

    /// Whether any of `rules` is in the set.
    pub const fn intersects(self, rules: Self) -> bool {
        self.0 & rules.0 != 0
    }

    /// The set without `rules`.
    #[must_use]
    pub const fn without(self, rules: Self) -> Self {
        Self(self.0 & !rules.0)
    }

    /// All rules there are.
    pub fn all() -> Self {
        Self::NAMES.iter().fold(Self::NONE, |all, (_, flag)| all | *flag)
    }

    /// The rule of one name, as Core's test files write it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, flag)| *flag)
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl fmt::Display for Flags {
    /// The names with commas between, `NONE` if there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> =
            Self::NAMES.iter().filter(|(_, flag)| self.contains(*flag)).map(|(name, _)| *name).collect();
        if names.is_empty() { f.write_str("NONE") } else { f.write_str(&names.join(",")) }
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_shown_by_name_and_read_back() {
        for (name, flag) in Flags::NAMES {
            assert_eq!(flag.to_string(), *name);
            assert_eq!(Flags::from_name(name), Some(*flag));
        }
        assert_eq!(Flags::NONE.to_string(), "NONE");
        assert_eq!((Flags::P2SH | Flags::LOW_S).to_string(), "P2SH,LOW_S");
    }

    #[test]
    fn what_is_mandatory_is_standard() {
        assert!(Flags::STANDARD.contains(Flags::MANDATORY));
        assert!(Flags::all().contains(Flags::STANDARD));
        assert!(!Flags::MANDATORY.intersects(Flags::LOW_S));
    }
}

//! Signatures as numbers and as bytes: the strict DER form of transactions (BIP-0066), and the
//! compact one of signed messages.

use k256::Scalar;
use k256::elliptic_curve::PrimeField;
use k256::elliptic_curve::scalar::IsHigh;

use crate::ledger::to_hex;

/// A signature: two numbers in 1..n.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    r: Scalar,
    s: Scalar,
}

/// Bytes that are no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not strict DER (BIP-0066).
    #[error("byte {at} breaks the DER format of a signature")]
    Der {
        /// Offset of the first byte that does not fit.
        at: usize,
    },
    /// Not 64 bytes.
    #[error("a compact signature has 64 bytes, this has {found}")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// A number is zero, or not below the curve's order.
    #[error("{which} is not a number from 1 to the curve's order less 1")]
    Range {
        /// `r` or `s`.
        which: &'static str,
    },
}

impl SignatureError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Der { .. } => "signature-der",
            Self::Length { .. } => "signature-length",
            Self::Range { .. } => "signature-range",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Der { at } => vec![("at", at.to_string())],
            Self::Length { found } => vec![("found", found.to_string())],
            Self::Range { which } => vec![("which", (*which).to_string())],
        }
    }
}

impl Signature {
    /// None if a number is zero.
    pub(super) fn new(r: Scalar, s: Scalar) -> Option<Self> {
        (r != Scalar::ZERO && s != Scalar::ZERO).then_some(Self { r, s })
    }

    pub(crate) fn r_scalar(&self) -> &Scalar {
        &self.r
    }

    pub(crate) fn s_scalar(&self) -> &Scalar {
        &self.s
    }

    /// From r and s, big-endian.
    ///
    /// # Errors
    /// [`SignatureError::Range`].
    pub fn from_scalars(r: &[u8; 32], s: &[u8; 32]) -> Result<Self, SignatureError> {
        let scalar = |bytes: &[u8; 32], which| {
            Option::<Scalar>::from(Scalar::from_repr((*bytes).into()))
                .filter(|scalar| *scalar != Scalar::ZERO)
                .ok_or(SignatureError::Range { which })
        };
        Ok(Self { r: scalar(r, "r")?, s: scalar(s, "s")? })
    }

    /// From r and s one after the other.
    ///
    /// # Errors
    /// [`SignatureError::Length`], [`SignatureError::Range`].
    pub fn from_compact(bytes: &[u8]) -> Result<Self, SignatureError> {
        let (r, s) = bytes
            .split_first_chunk::<32>()
            .and_then(|(r, rest)| Some((r, <&[u8; 32]>::try_from(rest).ok()?)))
            .ok_or(SignatureError::Length { found: bytes.len() })?;
        Self::from_scalars(r, s)
    }

    /// r and s one after the other.
    pub fn to_compact(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.r());
        bytes[32..].copy_from_slice(&self.s());
        bytes
    }

    /// From strict DER, without a hash type (BIP-0066).
    ///
    /// # Errors
    /// [`SignatureError::Der`], [`SignatureError::Range`].
    pub fn from_der(bytes: &[u8]) -> Result<Self, SignatureError> {
        let byte = |at: usize| bytes.get(at).copied().ok_or(SignatureError::Der { at });
        if byte(0)? != 0x30 {
            return Err(SignatureError::Der { at: 0 });
        }
        if usize::from(byte(1)?) + 2 != bytes.len() {
            return Err(SignatureError::Der { at: 1 });
        }
        let (r, s_at) = der_integer(bytes, 2, "r")?;
        let (s, end) = der_integer(bytes, s_at, "s")?;
        if end != bytes.len() {
            return Err(SignatureError::Der { at: end });
        }
        Self::from_scalars(&r, &s)
    }

    /// As strict DER, without a hash type: 8 to 72 bytes, 70 or 71 as a rule.
    pub fn to_der(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(72);
        for number in [self.r(), self.s()] {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            let digits = &number[zeros..];
            // A leading bit of one would mean a negative number.
            let is_padded = digits.first().is_some_and(|byte| byte & 0x80 != 0);
            body.extend_from_slice(&[0x02, digits.len() as u8 + u8::from(is_padded)]);
            if is_padded {
                body.push(0);
            }
            body.extend_from_slice(digits);
        }
        let mut bytes = vec![0x30, body.len() as u8];
        bytes.append(&mut body);
        bytes
    }

    /// r, big-endian.
    pub fn r(&self) -> [u8; 32] {
        self.r.to_bytes().into()
    }

    /// s, big-endian.
    pub fn s(&self) -> [u8; 32] {
        self.s.to_bytes().into()
    }

    /// Whether s is at most n/2, which Bitcoin asks for (BIP-0146).
    pub fn is_low_s(&self) -> bool {
        !bool::from(self.s.is_high())
    }

    /// The other valid signature for the same key and hash: (r, n−s).
    pub fn with_other_s(&self) -> Self {
        Self { r: self.r, s: -self.s }
    }

    /// This, or the other one if that has the lower s.
    pub fn normalized(&self) -> Self {
        if self.is_low_s() { *self } else { self.with_other_s() }
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signature(r: {}, s: {})", to_hex(&self.r()), to_hex(&self.s()))
    }
}

/// Reads a DER integer at `at`: the number and where it ends.
fn der_integer(bytes: &[u8], at: usize, which: &'static str) -> Result<([u8; 32], usize), SignatureError> {
    let byte = |at: usize| bytes.get(at).copied().ok_or(SignatureError::Der { at });
    if byte(at)? != 0x02 {
        return Err(SignatureError::Der { at });
    }
    let length = usize::from(byte(at + 1)?);
    let start = at + 2;
    let digits = bytes.get(start..start + length).ok_or(SignatureError::Der { at: at + 1 })?;
    let digits = match digits {
        [] => return Err(SignatureError::Der { at: at + 1 }),
        [0x80..=0xff, ..] => return Err(SignatureError::Der { at: start }),
        [0, 0x80..=0xff, ..] => &digits[1..],
        [0, _, ..] => return Err(SignatureError::Der { at: start }),
        _ => digits,
    };
    let mut number = [0; 32];
    let offset = number.len().checked_sub(digits.len()).ok_or(SignatureError::Range { which })?;
    number[offset..].copy_from_slice(digits);
    Ok((number, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::from_hex;

    /// Of mainnet's first payment, f4184fc5… in block 170, without its hash type.
    const FIRST: &str = "304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd4102\
                         20181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d09";

    #[test]
    fn der_is_read_and_written_back() {
        let bytes = from_hex(FIRST).expect("hexadecimal");
        let signature = Signature::from_der(&bytes).expect("strict");
        assert_eq!(signature.to_der(), bytes);
        assert_eq!(Signature::from_compact(&signature.to_compact()), Ok(signature));
        let small = Signature::from_scalars(&number(1), &number(0x80)).expect("in range");
        assert_eq!(small.to_der(), [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80]);
        assert_eq!(Signature::from_der(&small.to_der()), Ok(small));
    }

    fn number(last: u8) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[31] = last;
        bytes
    }

    #[test]
    fn what_is_not_strict_is_refused_where_it_breaks() {
        let der = |at| Err(SignatureError::Der { at });
        let cases: [(&[u8], Result<Signature, SignatureError>); 14] = [
            (&[], der(0)),
            (&[0x31, 6, 2, 1, 1, 2, 1, 1], der(0)),
            (&[0x30], der(1)),
            (&[0x30, 7, 2, 1, 1, 2, 1, 1], der(1)),
            (&[0x30, 6, 3, 1, 1, 2, 1, 1], der(2)),
            (&[0x30, 6, 2, 9, 1, 2, 1, 1], der(3)),
            (&[0x30, 5, 2, 0, 2, 1, 1], der(3)),
            (&[0x30, 6, 2, 1, 0x81, 2, 1, 1], der(4)),
            (&[0x30, 7, 2, 2, 0, 1, 2, 1, 1], der(4)),
            (&[0x30, 3, 2, 1, 1], der(5)),
            (&[0x30, 6, 2, 1, 1, 2, 2, 1], der(6)),
            (&[0x30, 7, 2, 1, 1, 2, 1, 1, 1], der(8)),
            (&[0x30, 6, 2, 1, 0, 2, 1, 1], Err(SignatureError::Range { which: "r" })),
            (&[0x30, 6, 2, 1, 1, 2, 1, 0], Err(SignatureError::Range { which: "s" })),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Signature::from_der(bytes), expected, "{bytes:02x?}");
        }
        let mut long = vec![0x30, 38, 2, 33];
        long.extend([1; 33]);
        long.extend([2, 1, 1]);
        assert_eq!(Signature::from_der(&long), Err(SignatureError::Range { which: "r" }));
        assert_eq!(Signature::from_compact(&[1; 63]), Err(SignatureError::Length { found: 63 }));
        assert_eq!(Signature::from_compact(&[0xff; 64]), Err(SignatureError::Range { which: "r" }));
    }
}

//! The keys page: the section `signing`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.signing.title", "Signing, number by number", "签名：一个数一个数地看"),
    ("keys.signing.has_key", "the private key d is here", "私钥 d 在这里"),
    (
        "keys.signing.say_z",
        "The message is hashed to one number, z. Change a letter and z is another number.",
        "消息经过哈希变成一个数 z。改一个字，z 就完全不同。",
    ),
    (
        "keys.signing.say_k",
        "A number k that is used once. RFC 6979 makes it from d and z, so no dice are needed.",
        "一个只用一次的数 k。RFC 6979 由 d 和 z 算出它，不用掷骰子。",
    ),
    ("keys.signing.show_k", "Show k", "显示 k"),
    (
        "keys.signing.k_secret",
        "k is as secret as the key: who knows k and the signature can compute d.",
        "k 和私钥一样要保密：知道 k 和签名就能算出 d。",
    ),
    (
        "keys.signing.say_point",
        "k steps of G lead to a place on the curve, R = k·G.",
        "从 G 走 k 步，到达曲线上的点 R = k·G。",
    ),
    (
        "keys.signing.say_r",
        "Its x, modulo n, is the first half of the signature: r.",
        "它的 x 对 n 取余，就是签名的前一半：r。",
    ),
    ("keys.signing.say_s", "The second half ties r, z and the private key together:", "后一半把 r、z 和私钥绑在一起："),
    (
        "keys.signing.was_high",
        "This s is above n/2. n − s would do as well, and Bitcoin takes only the lower one, so that nobody can swap them on the way.",
        "这个 s 大于 n/2。n − s 也同样成立，比特币只接受较小的那个，这样就没有人能在途中把它换掉。",
    ),
    (
        "keys.signing.was_low",
        "This s is at most n/2, so it stays as it is (low-S).",
        "这个 s 不大于 n/2，所以保持不变（low-S）。",
    ),
    ("keys.signing.say_der", "r and s, packed as DER: this travels.", "r 和 s 按 DER 打包：传出去的就是它。"),
    ("keys.signing.der_sequence", "a sequence follows, then its length", "后面是一个序列，接着是它的长度"),
    ("keys.signing.der_integer", "an integer follows, then its length", "后面是一个整数，接着是它的长度"),
    (
        "keys.signing.der_zero",
        "put before a number whose first bit is 1, which would else read as negative",
        "首位是 1 的数前面补 00，否则会被读成负数",
    ),
    ("keys.signing.break", "Break it", "动手破坏"),
    ("keys.signing.change_message", "Change one character", "改一个字符"),
    ("keys.signing.change_r", "Change a byte of r", "改 r 的一个字节"),
    ("keys.signing.change_s", "Change a byte of s", "改 s 的一个字节"),
    ("keys.signing.change_key", "Another key", "换一把公钥"),
    (
        "keys.signing.numbers",
        "The numbers on the way, and where they part from what was signed",
        "中间的数，以及从哪里开始与签名时不同",
    ),
    ("keys.signing.number", "Number", "数"),
    ("keys.signing.value", "Value now", "现在的值"),
    ("keys.signing.same", "As signed?", "与签名时相同吗？"),
    ("keys.signing.is_same", "same", "相同"),
    ("keys.signing.parts_here", "differs from here on", "从这里开始不同"),
    ("keys.signing.follows", "and so does this", "于是这个也不同"),
];

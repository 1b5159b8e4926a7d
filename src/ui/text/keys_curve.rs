//! The keys page: the section `curve`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.curve.toy", "A toy curve to walk on", "一条可以走的玩具曲线"),
    ("keys.curve.toy_sub", "double and add, on a curve of 78 points", "在只有 78 个点的曲线上加倍与相加"),
    ("keys.curve.plane", "The rule of adding", "相加的规则"),
    (
        "keys.curve.plane_sub",
        "y² = x³ + 7 on the plane: a line, the third point, its mirror image",
        "平面上的 y² = x³ + 7：画直线，找第三个点，再取镜像",
    ),
    (
        "keys.curve.sum",
        "P {p} and Q {q}: the line meets the curve once more, and the mirror image of that place is P + Q {sum}.",
        "P {p} 和 Q {q}：直线与曲线再交一次，那一点的镜像就是 P + Q {sum}。",
    ),
    (
        "keys.curve.upright",
        "The line stands upright and meets the curve nowhere else: P + Q is the point at infinity, the zero of this arithmetic.",
        "直线竖直，不再与曲线相交：P + Q 是无穷远点，也就是这种算术里的零。",
    ),
    ("keys.curve.place", "x of {name}", "{name} 的 x"),
    ("keys.curve.turn", "Other half", "另一半"),
    ("keys.curve.tangent", "Double P (tangent)", "P 加倍（切线）"),
    ("keys.curve.mirror", "P and its mirror", "P 和它的镜像"),
    ("keys.curve.chord", "Two places (chord)", "两个点（弦）"),
    ("keys.curve.walk", "The real walk of your key", "你的密钥真正走的路"),
    ("keys.curve.bit", "Bit {place}:", "第 {place} 位："),
    ("keys.curve.back", "One stop back", "退一步"),
    ("keys.curve.on", "One stop on", "进一步"),
    ("keys.curve.end", "Public key", "公钥"),
    ("keys.curve.stop", "Stop", "步"),
    ("keys.curve.compressed", "compressed: which half, then x (33 bytes)", "压缩：哪一半，加上 x（33 字节）"),
    (
        "keys.curve.compressed_why",
        "02: y is even; 03: y is odd. x and the half are enough to find y.",
        "02：y 是偶数；03：y 是奇数。有 x 和哪一半就能求出 y。",
    ),
    (
        "keys.curve.uncompressed_why",
        "04, and both coordinates. The first wallets used this form.",
        "04 加上两个坐标。最早的钱包用这种形式。",
    ),
    ("keys.curve.no_way", "No way back", "没有回头路"),
    ("keys.curve.no_way_sub", "from the public key to the private key", "从公钥找私钥"),
    (
        "keys.curve.forgot",
        "A key of only 16 bits was made and forgotten. This public key is all that is left of it:",
        "这里生成了一把只有 16 位的密钥，然后把它忘掉了。只剩下这把公钥：",
    ),
    ("keys.curve.search", "Try 1·G, 2·G, 3·G …", "试 1·G、2·G、3·G……"),
    ("keys.curve.another", "Forget another key", "再忘掉一把"),
    ("keys.curve.tried", "{count} tried, {rate} a second", "已试 {count} 个，每秒 {rate} 个"),
    ("keys.curve.found", "Found: the private key is {key}", "找到了：私钥是 {key}"),
    (
        "keys.curve.found_why",
        "{count} tries in {seconds} s, one addition each.",
        "{seconds} 秒内试了 {count} 次，每次一个加法。",
    ),
    (
        "keys.curve.projection",
        "A real key has 256 bits. At {rate} tries a second, half of all keys take about",
        "真正的密钥有 256 位。按每秒 {rate} 次，试完一半大约需要",
    ),
    ("keys.curve.years", "years", "年"),
    ("keys.curve.ages", "Times the age of the universe:", "是宇宙年龄的倍数："),
    (
        "keys.curve.honest",
        "Honestly: there are methods better than trying all. They need about 2^128 steps: for a million million machines, each a thousand times as fast as this page, still longer than the universe is old.",
        "说实话：有比逐个尝试更好的方法，但也要大约 2^128 步。即使有一万亿台比本页快一千倍的机器，需要的时间仍比宇宙的年龄还长。",
    ),
];

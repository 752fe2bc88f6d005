/// An estimate of how many tokens a text has.
///
/// One token for every 3.8 bytes of UTF-8: what a byte-pair vocabulary that a model vendor publishes needs for 420 English Markdown
/// files of rules, agents and skills together. Nine of ten single files have 3.3 to 4.7 bytes a token, so an estimate for one of them is
/// within a fifth of the truth; it is a tenth too low for Spanish and Portuguese and a fifth too low for Indonesian.
package func estimatedTokens(ofBytes count: Int) -> Int { (count * 5 + 18) / 19 }

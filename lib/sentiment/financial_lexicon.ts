const words = (text: string) => text.trim().split(/\s+/);
const phrases = (text: string) => text.trim().split(/\s*,\s*/);

/** Weights of words and phrases, from -2 to 2. */
export type Lexicon = ReadonlyMap<string, number>;

const weighted: readonly (readonly [number, readonly string[]])[] = [
  [
    2,
    words(`
      blockbuster blowout boom breakthrough outperform outpace overdeliver rebound record-breaking rocket skyrocket
      soar stellar surge triumph upgrade windfall
    `),
  ],
  [
    1,
    words(`
      accelerate acclaim accretive achieve advance advantage affirm applaud appreciate approval approve attractive award
      beat beneficial benefit best bolster boost bounce breakout bright brisk bullish buyback buoyant celebrate climb
      comeback commend competitive compelling confident constructive delight deliver durable earn ease efficient
      embrace encourage endorse enhance enjoy enthusiasm exceed excel excellent exceptional exciting expand expansion
      favorable favourable flourish freshen gain gainer generous good great grow growth happy healthy high-quality
      impress impressive improve improvement innovation innovative jump launch lead leader lucrative milestone momentum
      optimism optimistic outperformer overweight partner patent popular positive praise premium profit profitable
      profitability progress promising prosper rally recover recovery reiterate resilience resilient resolve resume
      reward rise robust scoop secure settle shine smooth solid stabilise stabilize strength strengthen strong succeed
      success successful superior support surpass sustainable thrive top tout uplift upside upbeat upswing uptick
      upturn upward valuable vibrant vindicate welcome win winner wins
    `),
  ],
  [
    -1,
    words(`
      abandon accuse adverse afraid aggravate alarm allegation allege anxiety anxious argue arrest backlash bad
      ban bearish blame bleak breach burden bottleneck caution cautious challenge clash complain complaint concern
      condemn conflict constrain controversy costly criticise criticism criticize curb cut cutback damage danger
      deadlock debt decelerate decline decrease defect deficit delay delinquency delist deny depreciate
      deter deteriorate detriment difficult difficulty dilute dilution dim dip disappoint disappointing disappointment
      disclaim discontinue dispute disrupt disruption dissent distract divest doubt downbeat downside downtrend downturn
      downward drag drain drop dull erode erosion error evade expire expose fade fail failure fall falter
      fault fear feeble fined flag flaw flee flop foreclose foreclosure forfeit freeze frustrate glut halt hamper hard
      harm headwind hesitate hinder hurdle hurt idle ignore impair impairment impede inability inadequate indict
      inefficient inferior inflate injunction injure injury insufficient interrupt investigate investigation jeopardise
      jeopardize lag lapse laggard lawsuit layoff leak liability limp litigation lose loser loss
      malfunction miss misstate misstatement mistake muted negative neglect obsolete obstacle onerous
      outage outflow overdue overhang overrun overstate overvalued penalty peril pessimism pessimistic plaintiff plead
      poor postpone pressure probe problem protest punish pullback quit recall recession reject resign restate
      restructure retreat retrench risk risky sag scarce scrutiny sell-off selloff setback severe shaky shortage
      shortfall shrink shut shutdown slide slip slow slowdown sluggish slump soften sour squeeze stagnant stall strain
      stress strike struggle subdued subpoena sue suffer suspend suspicion tension terminate threat threaten tough
      trouble tumble turmoil uncertain uncertainty underdeliver underperform underweight unfavorable unfavourable
      unprofitable unrest unstable upset urgent violate violation volatile vulnerable warn warning weak weaken weakness
      withdraw worries worry worse worsen worst writedown write-down write-off writeoff
    `),
  ],
  [
    -2,
    words(`
      bankrupt bankruptcy bribe bribery catastrophe catastrophic collapse corruption crash crater criminal crisis
      default devastate disaster disastrous downgrade embezzle fraud fraudulent guilty insolvency insolvent implode
      launder liquidate liquidation meltdown nosedive panic plummet plunge ponzi ransomware rout sanction scandal sink
      tank turbulence wipeout
    `),
  ],
  [
    2,
    phrases(`
      beat estimates, beat expectations, beat forecasts, all-time high, record high, record profit, record revenue,
      record sales, raise guidance, raise outlook, raise forecast, lift guidance, lift outlook, lift forecast,
      raise dividend, hike dividend, strong buy, raise price target, price target raised, fda approval, better than expected,
      better than feared, cleared of, raise target
    `),
  ],
  [
    1,
    phrases(`
      above estimates, above expectations, above forecasts, cut costs, cost cut, cost savings, debt reduction,
      reduce debt, repay debt, loss narrow, narrow loss, narrower loss, smaller loss, lower costs, lower debt,
      share repurchase, top estimates, top expectations, exceed expectations, return to profit, swing to profit,
      risk ease, fear ease, concern ease, fear fade, short squeeze, well positioned, break even, new high, win contract,
      settle lawsuit, lawsuit dismissed, end strike
    `),
  ],
  [
    -1,
    phrases(`
      below estimates, below expectations, below forecasts, short of estimates, short of expectations, price target cut,
      raise concern, raise doubt, raise question, raise fear, higher costs, rising costs, wider loss, loss widen,
      widen loss, class action, job cuts, cut jobs, step down, profit fall, profit drop, growth slow, slow growth,
      profit warning, trim outlook, gain fade, new low, lost ground, under pressure, cut target, cut price target, lower outlook,
      lower guidance, lower forecast, short seller, antitrust suit, data breach, losing streak
    `),
  ],
  [
    -2,
    phrases(`
      miss estimates, miss expectations, miss forecasts, cut guidance, cut outlook, cut forecast, slash guidance,
      slash outlook, slash forecast, suspend dividend, cut dividend, slash dividend, withdraw guidance, going concern,
      chapter 11, worse than expected, worse than feared, all-time low, record low, record loss, swing to loss,
      accounting irregularities, material weakness, trading halt
    `),
  ],
];

/**
 * How words and short phrases of financial news lean: 1 and -1, and 2 and -2 for the strong ones. Words stand in their
 * base form.
 *
 * A list of our own choosing, made for headlines about companies. The idea that finance needs a list of its own, since
 * words such as liability or tax mean no ill there, is of Loughran and McDonald (2011), When Is a Liability Not a
 * Liability?, Journal of Finance 66; their list is not used. Phrases come first, where a word alone would mislead: costs
 * are cut to applause, and guidance is not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(FINANCIAL_LEXICON.get("downgrade"), -2);
 * assert.equal(FINANCIAL_LEXICON.get("cut guidance"), -2);
 * assert.equal(FINANCIAL_LEXICON.get("cut costs"), 1);
 * ```
 */
export const FINANCIAL_LEXICON: Lexicon = new Map(
  weighted.flatMap(([weight, entries]) => entries.map((entry) => [entry, weight] as const)),
);

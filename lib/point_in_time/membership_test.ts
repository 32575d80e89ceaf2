import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { MARKET_HOURS } from "./market_hours.ts";
import { membershipOn, type MembershipRecord } from "./membership.ts";
import { sessionCloses } from "./session_closes.ts";

const date = ["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06", "2024-06-07"];
const panel = Panel.fromRows({
  symbol: [...date.map(() => "A"), ...date.map(() => "B")],
  date: [...date, ...date],
  columns: {},
});
const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
const membersOf = (records: MembershipRecord[], lagHours = 0) =>
  Array.from(membershipOn(panel, records, { decisions, lagHours })).join("");

const joins: MembershipRecord = { symbol: "A", knownAt: "2024-05-01T12:00:00Z", isMember: true };

Deno.test("`membershipOn()` counts nobody of whom no record says anything", () => {
  assert.equal(membersOf([]), "0000000000");
  assert.equal(membersOf([joins]), "1111100000");
});

Deno.test("`membershipOn()` keeps the change in force while another is announced", () => {
  const leaves = { symbol: "A", knownAt: "2024-06-03T12:00:00Z", effective: "2024-06-06", isMember: false };
  assert.equal(membersOf([leaves, joins]), "1110000000");
});

Deno.test("`membershipOn()` never uses a change before it was announced, whenever it is dated", () => {
  const backdated = { ...joins, knownAt: "2024-06-05T20:00:00Z", effective: "2024-01-02" }; // at the closing bell
  assert.equal(membersOf([backdated]), "0001100000");
  assert.equal(membersOf([backdated], 24), "0000100000");
});

Deno.test("`membershipOn()` takes the later word of two on the same day", () => {
  const called = { ...joins, knownAt: "2024-06-03T12:00:00Z", effective: "2024-06-05" };
  const off = { ...called, knownAt: "2024-06-04T12:00:00Z", isMember: false };
  assert.equal(membersOf([off, called]), "0000000000");
});

Deno.test("`membershipOn()` refuses what is no day", () => {
  assert.throws(() => membersOf([{ ...joins, effective: "soon" }]), { name: "RangeError", message: /effective/ });
});

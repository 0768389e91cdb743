import Conversation
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-11-19", 20_776),
    ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
  ]) func countsDaysSinceTheEpoch(_ text: String, _ days: Int) {
    #expect(Day(iso: text)?.daysSinceEpoch == days)
    #expect(Day(daysSinceEpoch: days).description == text)
  }

  @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() throws {
    var day = try #require(Day(iso: "1899-12-31"))
    for count in (day.daysSinceEpoch + 1)...(day.daysSinceEpoch + 146_097) {
      let next = Day(daysSinceEpoch: count)
      #expect(next.daysSinceEpoch == count && next > day && next.weekday == day.weekday % 7 + 1)
      #expect(
        next.day == day.day + 1 || (next.day == 1 && (next.month == day.month + 1 || (next.month == 1 && day.month == 12))))
      #expect(Day(iso: next.description) == next)
      day = next
    }
  }

  @Test(arguments: [
    "", "2026-11-1", "2026-11-123", "2026-13-01", "2026-00-01", "2026-02-29", "2026-11-31", "2026/11/12", "20261112",
    "２０２６-11-12",
    "-026-11-12", "2026-11-1２",
  ]) func refusesWhatIsNoDay(_ text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test func knowsTheDayOfTheWeek() {
    #expect(Day(iso: "1970-01-01")?.weekday == 4)
    #expect(Day(iso: "2026-11-19")?.weekday == 4)
    #expect(Day(iso: "0000-01-01")?.weekday == 6)
  }

  @Test func addsMonthsWithinTheCalendar() throws {
    let day = try #require(Day(iso: "2026-01-31"))
    #expect(day.adding(months: 1).description == "2026-02-28")
    #expect(day.adding(months: -2).description == "2025-11-30")
    #expect(day.adding(months: 25).description == "2028-02-29")
    #expect(day.firstOfMonth.description == "2026-01-01" && day.adding(months: 1).lastOfMonth.description == "2026-02-28")
  }

  @Test func staysInsideTheCalendar() throws {
    let day = try #require(Day(iso: "2026-11-19"))
    #expect(day.adding(days: .max).description == "9999-12-31" && day.adding(days: .min).description == "0000-01-01")
    #expect(day.adding(months: .max).year == 9999 && day.adding(months: .min).year == 0)
    #expect(Day(daysSinceEpoch: .max).year == 9999 && Day(daysSinceEpoch: .min).year == 0)
    for seconds in [Double.nan, .infinity, -.infinity, 1e300] { _ = Day(Timestamp(seconds: seconds), offset: .max) }
  }

  @Test func isTheDayOfAClockEastOrWestOfGreenwich() {
    let evening = Timestamp(seconds: 20_776 * 86_400 - 3600)
    #expect(Day(evening).description == "2026-11-18")
    #expect(Day(evening, offset: 8 * 3600).description == "2026-11-19")
    #expect(Day(Timestamp(seconds: -1)).description == "1969-12-31")
    #expect(Day(Timestamp(seconds: 0), offset: -3600).description == "1969-12-31")
  }
}

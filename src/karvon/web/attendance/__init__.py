"""Attendance of an event: who was there, day by day; corrected by hand; heads counted; names typed in."""

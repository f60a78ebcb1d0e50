"""The words of an exchange programme as plain values, shared by folder, records, queries and reports."""

"""Pages of referrals; thin."""

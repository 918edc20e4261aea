# Accounts that signed up on a device with many others. Perl and its own modules, nothing else.
use strict;
use warnings;
use JSON::PP;

# The folder it runs in holds what it may know at this review.
sub slurp { my ($name) = @_; local (@ARGV, $/) = ($name); return <> }
my $told = decode_json(slurp('arguments.json'));

# What it wrote to `state` at the last review is here again: accounts by device.
my $accounts = -e 'state' ? decode_json(slurp('state')) : {};

# Only what is new since then.
open(my $in, '<', $told->{tables}{accounts}) or die "accounts: $!";
<$in>;    # the header
while (my $line = <$in>) {
    chomp $line;
    my ($account, $device) = split /,/, $line;
    push @{ $accounts->{$device} }, $account;
}
close($in);

open(my $out, '>', $told->{findings}) or die "findings: $!";
print $out "account,score,reason\n";
for my $device (sort keys %$accounts) {
    my @sharing = @{ $accounts->{$device} };
    my $others = @sharing - 1;
    my $reason = $others ? "$others others signed up on its device" : '';
    print $out "$_,$others,$reason\n" for @sharing;
}
close($out);

open(my $state, '>', 'state') or die "state: $!";
print $state encode_json($accounts);
close($state);

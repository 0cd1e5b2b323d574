package scoring

import "math/bits"

// MaxPlayers is the largest number of players whose Shapley values are
// computed exactly: 2^20 coalitions.
const MaxPlayers = 20

// Shapley returns the exact Shapley value of each of n players in the game
// value, which gives the worth of a coalition (bit k is set when player k is in
// it). The values add up to value(all) - value(none). value is asked once for
// each of the 2^n coalitions. It returns nil for n above MaxPlayers.
//
// Reference: Shapley 1953, A value for n-person games, Contributions to the
// Theory of Games II.
func Shapley(n int, value func(coalition uint32) float64) []float64 {
	if n > MaxPlayers {
		return nil
	}
	worth := make([]float64, 1<<n)
	for s := range worth {
		worth[s] = value(uint32(s))
	}
	share := shapleyShares(n)
	phi := make([]float64, n)
	for s, v := range worth {
		size := bits.OnesCount32(uint32(s))
		for k := range phi {
			if s>>k&1 == 0 {
				phi[k] += share[size] * (worth[s|1<<k] - v)
			}
		}
	}
	return phi
}

// shapleyShares returns, by size s of the coalition that a player joins, the
// share s!(n-1-s)!/n! of the orders of n players in which exactly that
// coalition comes before the player.
func shapleyShares(n int) []float64 {
	share := make([]float64, n)
	if n == 0 {
		return share
	}
	share[0] = 1 / float64(n)
	for s := 1; s < n; s++ {
		share[s] = share[s-1] * float64(s) / float64(n-s)
	}
	return share
}

// Owen returns the exact Owen value of each player of one union: the players
// of a union share its Shapley value (in the game between unions) among
// themselves, by what each adds when it comes before or after its fellows. n is
// the number of players in the union and others the number of other unions;
// value gives the worth of the union's coalition (bits of own) together with
// the whole of the other unions whose bits are set in rest. It returns nil when
// n or others is above MaxPlayers.
//
// Reference: Owen 1977, Values of games with a priori unions, Mathematical
// Economics and Game Theory (Lecture Notes in Economics 141).
func Owen(n, others int, value func(own, rest uint32) float64) []float64 {
	if n > MaxPlayers || others > MaxPlayers {
		return nil
	}
	phi := make([]float64, n)
	outer := shapleyShares(others + 1)
	for rest := range uint32(1) << others {
		weight := outer[bits.OnesCount32(rest)]
		inner := Shapley(n, func(own uint32) float64 { return value(own, rest) })
		for k := range phi {
			phi[k] += weight * inner[k]
		}
	}
	return phi
}

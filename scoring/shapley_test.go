package scoring

import (
	"math"
	"math/bits"
	"testing"
)

// The glove game: player 0 has a left glove, 1 and 2 a right one; a pair is
// worth 1. Its Shapley value is (2/3, 1/6, 1/6).
func TestShapleyOfTheGloveGame(t *testing.T) {
	got := Shapley(3, func(s uint32) float64 {
		if s&1 != 0 && s&6 != 0 {
			return 1
		}
		return 0
	})
	for k, want := range []float64{2.0 / 3, 1.0 / 6, 1.0 / 6} {
		if math.Abs(got[k]-want) > 1e-15 {
			t.Errorf("player %d: %v, want %v", k, got[k], want)
		}
	}
}

// With the two right gloves in one union, the unions share 1/2 to 1/2 and the
// two right gloves are alike.
func TestOwenOfTheGloveGame(t *testing.T) {
	got := Owen(2, 1, func(own, rest uint32) float64 {
		if own != 0 && rest != 0 {
			return 1
		}
		return 0
	})
	for k := range got {
		if math.Abs(got[k]-0.25) > 1e-15 {
			t.Errorf("player %d: %v, want 1/4", k, got[k])
		}
	}
}

func TestShapleyRefusesTooManyPlayers(t *testing.T) {
	zero := func(uint32) float64 { return 0 }
	if Shapley(MaxPlayers+1, zero) != nil || Owen(MaxPlayers+1, 1, func(a, b uint32) float64 { return 0 }) != nil {
		t.Error("want nil")
	}
	if got := Shapley(0, zero); len(got) != 0 {
		t.Errorf("no players: %v", got)
	}
}

func FuzzShapleyAddsUp(f *testing.F) {
	f.Add(uint64(1), uint8(3))
	f.Add(uint64(2), uint8(8))
	f.Fuzz(func(t *testing.T, seed uint64, players uint8) {
		n := 1 + int(players)%8
		worth := func(s uint32) float64 {
			r := newStream(seed, uint64(s))
			return r.normal()
		}
		phi := Shapley(n, worth)
		var sum float64
		for _, p := range phi {
			sum += p
		}
		all := uint32(1)<<n - 1
		if want := worth(all) - worth(0); math.Abs(sum-want) > 1e-12 {
			t.Fatalf("sum %v, want %v", sum, want)
		}
		// The Owen value of a union of the first half adds up to its Shapley value
		// in the game where the others stand alone and the half moves as one.
		h := (n + 1) / 2
		others := n - h
		half := uint32(1)<<h - 1
		own := Owen(h, others, func(own, rest uint32) float64 { return worth(own | rest<<h) })
		quotient := Shapley(others+1, func(s uint32) float64 {
			return worth(half*(s&1) | s>>1<<h)
		})
		sum = 0
		for _, p := range own {
			sum += p
		}
		if math.Abs(sum-quotient[0]) > 1e-12 {
			t.Fatalf("union adds up to %v, want %v", sum, quotient[0])
		}
	})
}

func TestShapleySharesAddUpToOne(t *testing.T) {
	for n := 1; n <= 12; n++ {
		share := shapleyShares(n)
		var sum float64
		for s := range uint32(1) << (n - 1) {
			sum += share[bits.OnesCount32(s)]
		}
		if math.Abs(sum-1) > 1e-13 {
			t.Errorf("%d players: %v", n, sum)
		}
	}
}

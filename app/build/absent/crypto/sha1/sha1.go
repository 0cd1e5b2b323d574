// Package sha1 stands in for crypto/sha1 in the browser program, as crypto/md5 does.
package sha1

import "hash"

// New makes no hash.
func New() hash.Hash { panic("sha1: the browser program has no hashes") }

// Sum makes no hash: go-app's handler, which runs on a server only, names a version by it.
func Sum([]byte) [20]byte { panic("sha1: the browser program has no hashes") }

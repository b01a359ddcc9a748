;; The loops over vectors of 64-bit integers that JavaScript is slow at. Two values at a time, but where each is converted.
;; Assembled into residue-kernels-binary.ts by: npx tsx tools/assemble-kernels.ts
(module
  (memory (export "memory") 1)

  ;; Adds low + 2^32 high to the integers from $at up to $end where $sign is 0, and takes it away where $sign is -1: the low
  ;; words are of 32 bits, the high ones of 16. Sums wrap around at 2^64. An odd number of integers is as good: what follows
  ;; the last one is changed too.
  (func (export "add") (param $at i32) (param $end i32) (param $low i32) (param $high i32) (param $sign i64)
    (local $signs v128) (local $value v128)
    (local.set $signs (i64x2.splat (local.get $sign)))
    (loop $next
      (local.set $value
        (v128.or
          (i64x2.extend_low_i32x4_u (v128.load64_zero (local.get $low)))
          (i64x2.shl
            (i64x2.extend_low_i32x4_u (i32x4.extend_low_i16x8_u (v128.load32_zero (local.get $high))))
            (i32.const 32))))
      ;; Without its bits and less -1, a number is its negative.
      (v128.store (local.get $at)
        (i64x2.add
          (v128.load (local.get $at))
          (i64x2.sub (v128.xor (local.get $value) (local.get $signs)) (local.get $signs))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $low (i32.add (local.get $low) (i32.const 8)))
      (local.set $high (i32.add (local.get $high) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Writes the low 32 bits of each integer from $at up to $end, and the 16 above them, of those that $mask keeps.
  (func (export "split") (param $at i32) (param $end i32) (param $low i32) (param $high i32) (param $mask i64)
    (local $value i64)
    (loop $next
      (local.set $value (i64.and (i64.load (local.get $at)) (local.get $mask)))
      (i64.store32 (local.get $low) (local.get $value))
      (i64.store16 (local.get $high) (i64.shr_u (local.get $value) (i64.const 32)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $low (i32.add (local.get $low) (i32.const 4)))
      (local.set $high (i32.add (local.get $high) (i32.const 2)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Replaces Float64 numbers from $at up to $end, which are whole, by integers.
  (func (export "toIntegers") (param $at i32) (param $end i32)
    (loop $next
      (i64.store (local.get $at) (i64.trunc_f64_s (f64.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Replaces integers from $at up to $end by Float64 numbers: their bits below the upper $shift, of which the top one is
  ;; the sign.
  (func (export "toNumbers") (param $at i32) (param $end i32) (param $shift i64)
    (loop $next
      (f64.store (local.get $at)
        (f64.convert_i64_s
          (i64.shr_s (i64.shl (i64.load (local.get $at)) (local.get $shift)) (local.get $shift))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))))

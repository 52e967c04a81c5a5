#!/bin/sh
# CPU seconds that the pipeline takes for 60 s of 1080p30 into four rungs, against one ffmpeg that
# decodes, scales and encodes the same ladder with the same x264 settings: once with every rung
# encoded (pipelines/encoded.json), once with the top one passed through (pipelines/standard.json;
# ffmpeg copies it). Prints one line for each. By hand, on a quiet machine:
#   tests/bench/pipeline_cpu.sh [BUILD_FOLDER] [SECONDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build}
seconds=${2:-60}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A talking head's worth of movement and a little noise: no test card, no still.
ffmpeg -v error -f lavfi \
  -i "mandelbrot=size=1920x1080:rate=30,noise=alls=4:allf=t" \
  -f lavfi -i "sine=440:sample_rate=48000" -t "$seconds" \
  -c:v libx264 -preset ultrafast -b:v 6M -maxrate 6M -bufsize 6M -g 60 -pix_fmt yuv420p \
  -c:a aac -b:a 128k -ac 2 "$folder/source.flv"

worker=$build/tests/programs/pipeline_worker
[ -x "$worker" ] || worker=$build/pipeline_worker

# User and system seconds, children included, of the command in "$@".
cpu() {
  /bin/bash -c 'TIMEFORMAT="%U %S"; time "$@"' bash "$@" 2>&1 >/dev/null | tail -1 |
    awk '{print $1 + $2}'
}

x264="-c:v libx264 -preset veryfast -profile:v high -crf 22 -bf 0 -refs 1 -g 60 -sc_threshold 0"
x264="$x264 -threads:v 1 -x264-params sliced-threads=0:sync-lookahead=0:rc-lookahead=2"
mp4="-f mp4 -movflags frag_keyframe+empty_moov -y"
rung() { # index, cap in kbit/s
  echo "-map [v$1] $x264 -maxrate:v $2k -bufsize:v $2k $mp4 $folder/v$1.mp4"
}
scale() { # index, size, input, outputs
  echo "$3scale=$2:flags=bilinear$4"
}
low="$(scale 2 854:480 '[b]' ',split[v2][c]');$(scale 3 640:360 '[c]' '[v3]')"
three="$(rung 1 2800) $(rung 2 1200) $(rung 3 700)"
sound="-map 0:a -c:a aac -b:a 128k $mp4 $folder/a0.mp4"

ours() { # preset
  cpu sh -c '"$1" "$2" <"$3"' sh "$worker" "$root/pipelines/$1.json" "$folder/source.flv"
}
theirs() { # filters, output options
  # shellcheck disable=SC2086
  cpu ffmpeg -v error -threads 1 -i "$folder/source.flv" -filter_complex_threads 1 \
    -filter_complex "$1" $2 $three $sound
}
report() { # what, ours, theirs
  awk -v what="$1" -v ours="$2" -v theirs="$3" -v seconds="$seconds" 'BEGIN {
    printf "pipeline_cpu: %s: pipeline %.1f s, ffmpeg %.1f s, ratio %.2f (%d s of 1080p30)\n",
      what, ours, theirs, ours / theirs, seconds }'
}

encoded=$(theirs "[0:v]split[v0][a];$(scale 1 1280:720 '[a]' ',split[v1][b]');$low" "$(rung 0 5000)")
copied=$(theirs "$(scale 1 1280:720 '[0:v]' ',split[v1][b]');$low" \
  "-map 0:v -c:v copy $mp4 $folder/v0.mp4")
report "four rungs encoded" "$(ours encoded)" "$encoded"
passed=$(ours standard)
report "top rung passed through" "$passed" "$copied"
report "top rung passed through, ffmpeg encoding all" "$passed" "$encoded"

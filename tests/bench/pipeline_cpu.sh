#!/bin/sh
# CPU seconds that the pipeline takes for 60 s of 1080p30 with the standard ladder, against one
# ffmpeg that decodes, scales and encodes the same ladder with the same x264 settings.
# Prints one line. By hand, on a quiet machine:  tests/bench/pipeline_cpu.sh [BUILD_FOLDER] [SECONDS]
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

x264="-c:v libx264 -preset veryfast -profile:v high -crf 23 -bf 0 -refs 1 -g 60 -sc_threshold 0"
x264="$x264 -threads:v 1 -x264-params sliced-threads=0:sync-lookahead=0:rc-lookahead=2"
rung() { # index, cap in kbit/s
  echo "-map [v$1] $x264 -maxrate:v $2k -bufsize:v $2k -f mp4 -movflags frag_keyframe+empty_moov -y $folder/v$1.mp4"
}
filters="[0:v]split[v0][a];[a]scale=1280:720:flags=bilinear,split[v1][b];"
filters="$filters[b]scale=854:480:flags=bilinear,split[v2][c];[c]scale=640:360:flags=bilinear[v3]"

ours=$(cpu sh -c '"$1" "$2" <"$3"' sh "$worker" "$root/pipelines/standard.json" "$folder/source.flv")
# shellcheck disable=SC2046
theirs=$(cpu ffmpeg -v error -threads 1 -i "$folder/source.flv" -filter_complex_threads 1 \
  -filter_complex "$filters" $(rung 0 5000) $(rung 1 2800) $(rung 2 1200) $(rung 3 700) \
  -map 0:a -c:a aac -b:a 128k -f mp4 -movflags frag_keyframe+empty_moov -y "$folder/a0.mp4")

awk -v ours="$ours" -v theirs="$theirs" -v seconds="$seconds" 'BEGIN {
  printf "pipeline_cpu: pipeline %.1f s, ffmpeg %.1f s, ratio %.2f (%d s of 1080p30, ladder standard)\n",
    ours, theirs, ours / theirs, seconds }'

#!/usr/bin/env bash
# Makes a folder of files that go wrong in every way that libraries know, beside some that only look
# as if they would, and one large file with everything in it. Small and quick: a few MB, seconds.
#
#   bench/bad-inputs.sh DIR FFMPEG
#
# DIR is made; it must not hold anything yet. FFMPEG needs libx264. Prints what is to be expected as
# TSV: name (with \\ for a backslash, \n, \t and \xHH for a byte that is no UTF-8), outcome, why.
# Outcomes:
#   encoded         becomes AV1, or skipped as not_worth_it where the content is lean already
#   skipped:REASON  left alone with this reason
#   failed:CODE     fails with this code; its bytes and its mtime stay
#   refused         no row of its own: counted by the scan and said
#   ignored         no video file: not looked at
set -euo pipefail
export LC_ALL=C.UTF-8

if [ $# -ne 2 ]; then
  echo "usage: $0 DIR FFMPEG" >&2
  exit 2
fi
dir=$1
ffmpeg=$2
if [ -e "$dir" ] && [ -n "$(ls -A -- "$dir")" ]; then
  echo "$dir is not empty" >&2
  exit 2
fi
mkdir -p -- "$dir"
cd -- "$dir"
# Everything is looked at as having been still for an hour: no scan takes it for being written.
hour_ago=$(date -d '1 hour ago' +%Y%m%d%H%M.%S)

ff() { "$ffmpeg" -nostdin -y -loglevel error "$@"; }

printf 'name\toutcome\twhy\n'
expect() { # name outcome why
  local name=${1//\\/\\\\}
  name=${name//$'\n'/\\n}
  name=${name//$'\t'/\\t}
  name=${name//$'\351'/\\xE9}
  printf '%s\t%s\t%s\n' "$name" "$2" "$3"
}

# A moving picture with a tone: H.264 and AAC, easy to shrink. Made once, copied under many names.
clip() { # target seconds size
  ff -f lavfi -i "testsrc2=size=$3:rate=25:duration=$2" -f lavfi -i "sine=frequency=440:duration=$2" \
    -c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv420p -c:a aac -shortest "$1"
}
clip good.mkv 2 320x180
expect good.mkv encoded "a sound file; most others are copies of it, so that points measured once serve them all"

# --- no media, or half of it -------------------------------------------------------------------
: >zero.mkv
expect zero.mkv failed:VALIDATION "zero bytes"

printf 'This is a text.\n%.0s' {1..200} >text.mkv
expect text.mkv failed:VALIDATION "a text renamed to .mkv"

ff -f lavfi -i testsrc2=size=160x90:rate=10:duration=30 -c:v libx264 -preset ultrafast -qp 10 long.tmp.mkv
head -c "$(($(stat -c %s long.tmp.mkv) * 6 / 10))" long.tmp.mkv >truncated.mkv
expect truncated.mkv failed:VERIFY_FAILED "the header says 30 s, the data ends after 18 s"

ff -i good.mkv -c copy good.tmp.mp4
head -c "$(($(stat -c %s good.tmp.mp4) / 2))" good.tmp.mp4 >headless.mp4
expect headless.mp4 failed:VALIDATION "an mp4 whose index (moov) is cut off"

cp long.tmp.mkv flipped.mkv
half=$(($(stat -c %s flipped.mkv) / 2))
head -c 4096 /dev/zero | tr '\0' '\377' | dd of=flipped.mkv bs=1 seek="$half" conv=notrunc status=none
expect flipped.mkv failed:VALIDATION "4 kB of 0xFF in the middle"

head -c 65536 /dev/urandom >noise.mkv
expect noise.mkv failed:VALIDATION "random bytes"
head -c 65536 /dev/zero >zeros.mp4
expect zeros.mp4 failed:VALIDATION "64 kB of zeros"
printf '\x1a\x45\xdf\xa3' >magic.mkv
expect magic.mkv failed:VALIDATION "the first four bytes of a Matroska file and nothing more"
printf '#EXTM3U\nhttp://127.0.0.1:9/never.ts\n' >playlist.mkv
expect playlist.mkv failed:VALIDATION "a playlist that would send ffmpeg elsewhere"
printf 'ffconcat version 1.0\nfile good.mkv\n' >concat.mkv
expect concat.mkv failed:VALIDATION "a script that would make ffmpeg open other files"
printf '<?xml version="1.0"?><MPD></MPD>' >manifest.mp4
expect manifest.mp4 failed:VALIDATION "a manifest of a stream"
printf 'PK\003\004 no film' >archive.mkv
expect archive.mkv failed:VALIDATION "an archive renamed"
ff -f lavfi -i testsrc2=size=64x64:rate=1 -frames:v 1 picture.tmp.jpg
cp picture.tmp.jpg picture.mkv
expect picture.mkv failed:VALIDATION "a photograph renamed"

cp good.mkv unreadable.mkv
expect unreadable.mkv failed:FILE_ACCESS "no permission to read (root reads it all the same: then encoded)"

mkdir folder.mkv
expect folder.mkv ignored "a folder that is named like a video"

printf 'no video' >notes.txt
expect notes.txt ignored "no name of a video file"

printf 'half' >.hidden.mkv
expect .hidden.mkv ignored "hidden"

# --- odd, and yet media ------------------------------------------------------------------------
ff -f lavfi -i sine=duration=2 -c:a aac audio.mkv
expect audio.mkv skipped:no_video "sound alone"

ff -f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -vf scale=321:181,format=yuv420p -c:v mpeg4 -q:v 2 odd.mkv
expect odd.mkv encoded "odd dimensions, 321 x 181"

ff -f lavfi -i testsrc2=size=320x180:rate=25 -frames:v 1 -c:v libx264 -preset ultrafast -qp 4 -pix_fmt yuv420p one.mkv
expect one.mkv encoded "a single frame"

ff -f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv422p p422.mkv
expect p422.mkv skipped:unsupported_format "4:2:2"

ff -f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv420p \
  -flags +ilme+ildct -x264opts tff=1 interlaced.mkv
expect interlaced.mkv skipped:interlaced "interlaced"

# --- names: every one is the good clip ----------------------------------------------------------
name() { # name why
  cp -- good.mkv "./$1"
  expect "$1" encoded "$2"
}
name 'with  two spaces .mkv' "spaces"
name "it's \"quoted\" \`here\` \$HOME \$(id) ;& |.mkv" "quotes and what a shell would read"
name '-leading dash.mkv' "a leading dash"
name $'new\nline.mkv' "a newline"
name $'tab\tand\\backslash.mkv' "a tab and a backslash"
name '%d %s [x] {a,b} * ? ~.mkv' "patterns of ffmpeg and of shells"
name 'file:colon:0.mkv' "what ffmpeg takes for a protocol"
name 'emoji 🎬🍿.mkv' "emoji"
name 'Ünïcödé 映画.mkv' "accents and Chinese"
name "$(printf 'x%.0s' {1..251}).mkv" "255 bytes"
name "$(printf '映%.0s' {1..83})ab.mkv" "255 bytes of Chinese"

cp good.mkv "$(printf 'latin1-\351.mkv')"
expect "$(printf 'latin1-\351.mkv')" refused "bytes that are no UTF-8"

# --- neighbours and links -----------------------------------------------------------------------
cp good.mkv movie.mkv
ff -i good.mkv -c:v mpeg4 -q:v 2 -c:a mp3 movie.avi
expect movie.mkv encoded "stands beside movie.avi"
expect movie.avi skipped:target_exists "movie.mkv is there already"

ff -i good.mkv -c:v mpeg2video -q:v 2 -c:a mp2 alone.mpg
expect alone.mpg encoded "becomes alone.mkv"

ln -s good.mkv symlink.mkv
expect symlink.mkv skipped:symlink "a symbolic link"
ln -s nowhere.mkv dangling.mkv
expect dangling.mkv skipped:symlink "a symbolic link to nothing"

cp good.mkv hard-a.mkv
ln hard-a.mkv hard-b.mkv
expect hard-a.mkv skipped:hard_links "two names of one file"
expect hard-b.mkv skipped:hard_links "two names of one file"

# --- one with everything in it ------------------------------------------------------------------
cat >subs.tmp.srt <<'SRT'
1
00:00:00,500 --> 00:00:02,000
Good evening.
SRT
cat >subs.tmp.ass <<'ASS'
[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Made Up,28,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:02.00,Default,,0,0,0,,{\i1}Guten Abend.
ASS
cat >chapters.tmp.txt <<'META'
;FFMETADATA1
title=Everything
[CHAPTER]
TIMEBASE=1/1000
START=0
END=3000
title=Opening
[CHAPTER]
TIMEBASE=1/1000
START=3000
END=6000
title=Closing
META
# A font only by its name and type: what counts is that its bytes survive.
head -c 65536 /dev/urandom >font.tmp.ttf
ff -f lavfi -i testsrc2=size=300x400:rate=1 -frames:v 1 cover.tmp.jpg
ff -f lavfi -i testsrc2=size=1280x720:rate=25:duration=6 -f lavfi -i sine=frequency=440:duration=6 \
  -f lavfi -i sine=frequency=880:duration=6 -i subs.tmp.srt -i subs.tmp.ass -i chapters.tmp.txt \
  -map 0:v -map 1:a -map 2:a -map 3:s -map 4:s -map_metadata 5 -map_chapters 5 \
  -attach font.tmp.ttf -metadata:s:t:0 mimetype=application/x-truetype-font -metadata:s:t:0 filename=madeup.ttf \
  -attach cover.tmp.jpg -metadata:s:t:1 mimetype=image/jpeg -metadata:s:t:1 filename=cover.jpg \
  -c:v libx264 -preset ultrafast -qp 6 -pix_fmt yuv420p -c:a:0 ac3 -b:a:0 448k -ac:a:0 6 -c:a:1 aac \
  -c:s:0 srt -c:s:1 ass \
  -metadata:s:v:0 language=eng -metadata:s:a:0 language=eng -metadata:s:a:0 title='Surround' \
  -metadata:s:a:1 language=deu -metadata:s:a:1 title='Kommentar' \
  -metadata:s:s:0 language=eng -metadata:s:s:0 title='English' \
  -metadata:s:s:1 language=deu -metadata:s:s:1 title='Deutsch (Schilder)' \
  -disposition:a:0 default -disposition:a:1 comment -disposition:s:0 0 -disposition:s:1 default+forced \
  everything.mkv
expect everything.mkv encoded "2 audio, 2 subtitles (one ASS with its font), chapters, cover, titles, languages, flags: all survive"

ff -i good.mkv -i subs.tmp.srt -map 0 -map 1 -c copy -c:s mov_text -metadata:s:s:0 language=eng \
  -disposition:s:0 default subtitled.mp4
expect subtitled.mp4 encoded "mov_text in mp4"

mkdir -p 'Series "A"/Season 01'
cp good.mkv 'Series "A"/Season 01/S01E01 - It'\''s.mkv'
expect 'Series "A"/Season 01/S01E01 - It'\''s.mkv' encoded "folders with quotes and spaces"

# --- containers and pictures of every sort: small, since each is searched for itself --------------
small() { # target options…
  local target=$1
  shift
  ff -f lavfi -i "testsrc2=size=160x90:rate=25:duration=1" -f lavfi -i "sine=frequency=440:duration=1" "$@" "$target"
}
x264=(-c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv420p -c:a aac)
small stream.ts "${x264[@]}"
expect stream.ts encoded "a transport stream becomes stream.mkv"
cp good.mkv liar.mp4
expect liar.mp4 encoded "Matroska that is named .mp4 becomes liar.mkv"
small p444.mkv -c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv444p -c:a aac
expect p444.mkv skipped:unsupported_format "4:4:4"
small done.mkv -c:v libsvtav1 -preset 12 -crf 40 -pix_fmt yuv420p -c:a aac
expect done.mkv skipped:already_av1 "AV1 already"
ff -i good.mkv -map 0:a -c copy -f matroska sound.webm
expect sound.webm skipped:no_video "sound in a container of films"
ff -i good.mkv -i stream.ts -map 0:v -map 1:v -c copy twofilms.mkv
expect twofilms.mkv skipped:unsupported_format "two films in one file"
ff -i good.mkv -map 0:v -c copy -t 1 -bsf:v h264_mp4toannexb -f h264 raw.mkv
expect raw.mkv failed:VALIDATION "a bare stream without a container"

for degrees in 90 180 270; do
  container=mkv && [ $degrees = 90 ] && container=mp4
  ff -display_rotation $degrees -i good.mkv -c copy turned$degrees.$container
  expect turned$degrees.$container encoded "players turn it by $degrees degrees"
done
ff -itsoffset 5 -i good.mkv -c copy -copyts late.mkv
expect late.mkv encoded "its clock begins at 5 s"
ff -i good.mkv -itsoffset 5 -i good.mkv -map 0:v -map 1:a -c copy latesound.mkv
expect latesound.mkv encoded "its sound begins 5 s after the picture"
ff -itsoffset 5 -i good.mkv -i good.mkv -map 0:v -map 1:a -c copy latefilm.mkv
expect latefilm.mkv encoded "its picture begins 5 s after the sound"
ff -f lavfi -i testsrc2=size=16x16:rate=25:duration=1 -c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv420p tiny.mkv
expect tiny.mkv skipped:unsupported_format "16 x 16"

# --- more names: the good clip again ---------------------------------------------------------------
name ' leading space.mkv' "a leading space"
name $'back\u202ewards\u200b.mkv' "marks that cannot be seen"
name $'bell\a\x7f.mkv' "control characters"
name 'concat:a|b.mkv' "ffmpeg's concat"

# --- what is no file, and folders -----------------------------------------------------------------
mkfifo pipe.mkv
expect pipe.mkv ignored "a named pipe, which nobody writes to"
mkdir .secret && cp good.mkv .secret/film.mkv
expect .secret/film.mkv ignored "in a hidden folder"
mkdir real && cp good.mkv real/linked.mkv && ln -s real linked && ln -s . loop
expect real/linked.mkv encoded "in a folder that a link leads to as well"
expect linked/linked.mkv ignored "behind a linked folder"
expect loop/good.mkv ignored "behind a link that leads in circles"
mkdir -- $'-new\nfolder' && cp -- good.mkv $'./-new\nfolder/nested.mkv'
expect $'-new\nfolder/nested.mkv' encoded "in a folder with an awful name"
deep=$(printf "$(printf 'd%.0s' {1..100})/%.0s" {1..12})
mkdir -p -- "$deep" && cp good.mkv "${deep}deep.mkv"
expect "${deep}deep.mkv" encoded "twelve folders down, 1,200 bytes of path"
cp good.mkv guarded.mkv && chmod 444 guarded.mkv
expect guarded.mkv encoded "nobody may write to it; its folder may be written to"

rm -f -- ./*.tmp.*
find . -type f \( -iname '*.mkv' -o -name '*.avi' -o -name '*.mp[g4]' -o -name '*.ts' -o -name '*.mov' -o -name '*.webm' \) \
  -exec touch -t "$hour_ago" {} +
chmod 000 unreadable.mkv

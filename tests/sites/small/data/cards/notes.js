(window.VC=window.VC||{})["notes"]={
"gpt-3":["GPT-3","2020","","","to-read"],
"log":["log","","","",""],
"reading-list":["To read","","","",""],
"t5":["T5","2019","","","read"]
};
